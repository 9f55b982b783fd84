/* Reads what a function gets, and writes what it answers, as Arrow IPC streams. */
#ifndef UNI_ARROW_H
#define UNI_ARROW_H

#include "uni_arrow_read.h"
#include "uni_arrow_write.h"

#endif
