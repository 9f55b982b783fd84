import { Bitmap } from "../bitmap";
import { BitmapBuilder } from "../bitmap-builder";

/** Of lists of `size` items, those that are set and have no null in them. */
export function wholeLists(lists: Bitmap, items: Bitmap, size: i32): Bitmap {
  if (items.unsetCount === 0) return lists;
  const whole = new BitmapBuilder(lists.length);
  for (let list = 0; list < lists.length; list++) {
    if (lists.get(list) && areSet(items, list * size, size)) whole.set(list);
  }
  return whole.finish();
}

function areSet(items: Bitmap, from: i32, count: i32): bool {
  for (let item = from; item < from + count; item++) if (!items.get(item)) return false;
  return true;
}
