//! The exports of a packed module. What is packed lies where its memory is free: two lengths of four bytes, of what is packed and
//! of the module, and what is packed. Behind it is room for the module.

use core::slice::{from_raw_parts, from_raw_parts_mut};

unsafe extern "C" {
    /// The linker's: where the memory is free.
    static __heap_base: u8;
}

/// A length that the packer has put there.
fn length_at(place: usize) -> usize {
    // SAFETY: the packer has put eight bytes there.
    unsafe { (&raw const __heap_base).cast::<u32>().add(place).read_unaligned() as usize }
}

/// The length of the module.
#[unsafe(no_mangle)]
pub extern "C" fn length() -> usize {
    length_at(1)
}

/// Where the module is, now that it is unpacked; 0 where that failed.
#[unsafe(no_mangle)]
pub extern "C" fn unpack() -> usize {
    let (packed, module) = (length_at(0), length_at(1));
    // SAFETY: the packer has made the memory as large as this, and nothing else knows of these places.
    unsafe {
        let packed_at = (&raw const __heap_base).add(8);
        let module_at = packed_at.add(packed).cast_mut();
        let done = crate::unpack(from_raw_parts(packed_at, packed), from_raw_parts_mut(module_at, module));
        done.map_or(0, |()| module_at as usize)
    }
}

#[panic_handler]
fn never(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
