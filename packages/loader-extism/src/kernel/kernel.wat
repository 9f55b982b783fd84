;; The memory through which an Extism guest and its host exchange bytes. One instance belongs to one
;; guest at a time, which imports the functions below directly: a byte crosses without leaving
;; WebAssembly.
;;
;; Whatever address a guest passes, it reads or writes this memory, within what it has allocated, or
;; it traps; `fault` then says why. A trap cannot be caught by the guest, and the host asks `fault`
;; after every call all the same. The host trusts nothing that it finds in this memory.
;;
;; Layout: 16 unused bytes, the input, the blocks. A block is a header of 16 bytes (length, room, the
;; next free block of the same list, a mark) and a room that is a multiple of 8 bytes.
(module
  (memory (export "memory") 1)

  ;; 1: a block is too large, or all of them are; 2: too many blocks; 3: the engine has no memory;
  ;; 4: outside of the blocks; 5: outside of the input. `fault_at` and `fault_length` say where.
  (global $fault (export "fault") (mut i32) (i32.const 0))
  (global $fault_at (export "fault_at") (mut i64) (i64.const 0))
  (global $fault_length (export "fault_length") (mut i64) (i64.const 0))

  (global $input (mut i64) (i64.const 16))
  (global $input_length (mut i64) (i64.const 0))
  (global $base (export "base") (mut i64) (i64.const 16))
  (global $top (export "top") (mut i64) (i64.const 16))
  (global $count (mut i32) (i32.const 0))
  (global $free (mut i32) (i32.const 0))
  (global $input_block (mut i64) (i64.const 0))
  (global $max_bytes (mut i64) (i64.const 0))
  (global $max_blocks (mut i32) (i32.const 0))

  (func $fail (param $fault i32) (param $at i64) (param $length i64)
    (if (i32.eqz (global.get $fault))
      (then
        (global.set $fault (local.get $fault))
        (global.set $fault_at (local.get $at))
        (global.set $fault_length (local.get $length))))
    (unreachable))

  ;; Makes the memory at least `$end` bytes long.
  (func $reserve (param $end i64)
    (local $pages i64)
    (local.set $pages
      (i64.sub
        (i64.shr_u (i64.add (local.get $end) (i64.const 65535)) (i64.const 16))
        (i64.extend_i32_u (memory.size))))
    (if (i64.gt_s (local.get $pages) (i64.const 0))
      (then
        ;; Twice as much where there is room for it, so that many small blocks grow it seldom.
        (if (i32.ne
              (memory.grow (i32.add (i32.wrap_i64 (local.get $pages)) (memory.size)))
              (i32.const -1))
          (then (return)))
        (if (i32.eq (memory.grow (i32.wrap_i64 (local.get $pages))) (i32.const -1))
          (then (call $fail (i32.const 3) (i64.const 0) (local.get $end)))))))

  ;; For the host, before a call: takes back every block, and gives the address to put the input at.
  (func (export "begin")
    (param $length i32) (param $max_bytes i32) (param $max_blocks i32) (result i32)
    (global.set $fault (i32.const 0))
    (global.set $input_block (i64.const 0))
    (global.set $input_length (i64.extend_i32_u (local.get $length)))
    (global.set $base
      (i64.and
        (i64.add (i64.add (global.get $input) (global.get $input_length)) (i64.const 7))
        (i64.const -8)))
    (global.set $top (global.get $base))
    (global.set $count (i32.const 0))
    (global.set $free (i32.const 0))
    (global.set $max_bytes (i64.extend_i32_u (local.get $max_bytes)))
    (global.set $max_blocks (local.get $max_blocks))
    (call $reserve (global.get $base))
    (i32.wrap_i64 (global.get $input)))

  (func $alloc (export "alloc") (param $length i64) (result i64)
    (local $room i64) (local $block i32) (local $end i64)
    (if (i64.gt_u (local.get $length) (global.get $max_bytes))
      (then (call $fail (i32.const 1) (i64.const 0) (local.get $length))))
    (if (i32.ge_u (global.get $count) (global.get $max_blocks))
      (then (call $fail (i32.const 2) (i64.const 0) (local.get $length))))
    (local.set $room (i64.and (i64.add (local.get $length) (i64.const 7)) (i64.const -8)))
    ;; No block is without room, so that no two have one address.
    (if (i64.eqz (local.get $room)) (then (local.set $room (i64.const 8))))
    (local.set $block (global.get $free))
    (if (i32.and
          (i32.ne (local.get $block) (i32.const 0))
          (call $has_room (local.get $block) (i32.wrap_i64 (local.get $room))))
      (then (global.set $free (i32.load offset=8 (i32.sub (local.get $block) (i32.const 16)))))
      (else
        (local.set $end
          (i64.add (i64.add (global.get $top) (i64.const 16)) (local.get $room)))
        (if (i64.gt_u (i64.sub (local.get $end) (global.get $base)) (global.get $max_bytes))
          (then (call $fail (i32.const 1) (i64.const 0) (local.get $length))))
        (call $reserve (local.get $end))
        (local.set $block (i32.add (i32.wrap_i64 (global.get $top)) (i32.const 16)))
        (i32.store offset=4
          (i32.sub (local.get $block) (i32.const 16)) (i32.wrap_i64 (local.get $room)))
        (global.set $top (local.get $end))))
    (i32.store (i32.sub (local.get $block) (i32.const 16)) (i32.wrap_i64 (local.get $length)))
    (i32.store offset=12 (i32.sub (local.get $block) (i32.const 16)) (i32.const 0x4b434f4c))
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (i64.extend_i32_u (local.get $block)))

  ;; Whether the head of the free list, which the guest may have overwritten, can be used.
  (func $has_room (param $block i32) (param $room i32) (result i32)
    (if (i32.eqz (call $is_address (i64.extend_i32_u (local.get $block))))
      (then (return (i32.const 0))))
    (if (i32.ne
          (i32.load offset=4 (i32.sub (local.get $block) (i32.const 16)))
          (local.get $room))
      (then (return (i32.const 0))))
    (i64.le_u
      (i64.add (i64.extend_i32_u (local.get $block)) (i64.extend_i32_u (local.get $room)))
      (global.get $top)))

  ;; Whether a block could start here.
  (func $is_address (param $address i64) (result i32)
    (i32.and
      (i64.eqz (i64.and (local.get $address) (i64.const 7)))
      (i32.and
        (i64.ge_u (local.get $address) (i64.add (global.get $base) (i64.const 16)))
        (i64.lt_u (local.get $address) (global.get $top)))))

  (func $is_block (param $address i64) (result i32)
    (if (i32.eqz (call $is_address (local.get $address))) (then (return (i32.const 0))))
    (i32.eq
      (i32.load offset=12 (i32.sub (i32.wrap_i64 (local.get $address)) (i32.const 16)))
      (i32.const 0x4b434f4c)))

  ;; What is no block has no length, and freeing it is nothing, as in Extism's own kernel.
  (func (export "length") (param $address i64) (result i64)
    (if (i32.eqz (call $is_block (local.get $address))) (then (return (i64.const 0))))
    (i64.load32_u (i32.sub (i32.wrap_i64 (local.get $address)) (i32.const 16))))

  (func (export "free") (param $address i64)
    (local $header i32)
    (if (i32.eqz (call $is_block (local.get $address))) (then (return)))
    (local.set $header (i32.sub (i32.wrap_i64 (local.get $address)) (i32.const 16)))
    (i32.store offset=12 (local.get $header) (i32.const 0))
    (i32.store offset=8 (local.get $header) (global.get $free))
    (global.set $free (i32.wrap_i64 (local.get $address)))
    (if (i32.ne (global.get $count) (i32.const 0))
      (then (global.set $count (i32.sub (global.get $count) (i32.const 1))))))

  ;; The address as an i32 where `$size` bytes from it on are inside of the blocks.
  (func $at (param $address i64) (param $size i64) (result i32)
    (if (i32.or
          (i64.lt_u (local.get $address) (i64.add (global.get $base) (i64.const 16)))
          (i32.or
            (i64.gt_u (local.get $address) (global.get $top))
            (i64.gt_u (local.get $size) (i64.sub (global.get $top) (local.get $address)))))
      (then (call $fail (i32.const 4) (local.get $address) (local.get $size))))
    (i32.wrap_i64 (local.get $address)))

  (func (export "load_u8") (param $address i64) (result i32)
    (i32.load8_u (call $at (local.get $address) (i64.const 1))))
  (func (export "load_u64") (param $address i64) (result i64)
    (i64.load (call $at (local.get $address) (i64.const 8))))
  (func (export "store_u8") (param $address i64) (param $value i32)
    (i32.store8 (call $at (local.get $address) (i64.const 1)) (local.get $value)))
  (func (export "store_u64") (param $address i64) (param $value i64)
    (i64.store (call $at (local.get $address) (i64.const 8)) (local.get $value)))

  (func (export "input_length") (result i64) (global.get $input_length))

  (func $at_input (param $offset i64) (param $size i64) (result i32)
    (if (i32.or
          (i64.gt_u (local.get $offset) (global.get $input_length))
          (i64.gt_u (local.get $size) (i64.sub (global.get $input_length) (local.get $offset))))
      (then (call $fail (i32.const 5) (local.get $offset) (local.get $size))))
    (i32.wrap_i64 (i64.add (global.get $input) (local.get $offset))))

  (func (export "input_load_u8") (param $offset i64) (result i32)
    (i32.load8_u (call $at_input (local.get $offset) (i64.const 1))))
  (func (export "input_load_u64") (param $offset i64) (result i64)
    (i64.load (call $at_input (local.get $offset) (i64.const 8))))

  ;; A block with a copy of the input, the same one however often a guest asks.
  (func (export "input_offset") (result i64)
    (if (i32.eqz (call $is_block (global.get $input_block)))
      (then
        (global.set $input_block (call $alloc (global.get $input_length)))
        (memory.copy
          (i32.wrap_i64 (global.get $input_block))
          (i32.wrap_i64 (global.get $input))
          (i32.wrap_i64 (global.get $input_length)))))
    (global.get $input_block)))
