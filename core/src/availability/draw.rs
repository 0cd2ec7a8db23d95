//! Draws that are the same on every platform: FNV-1a (64 bits), finished by SplitMix64's mixer.

/// A number that is the same on every platform for the same seed and text.
pub(crate) fn hash(seed: u64, text: &str) -> u64 {
    const FNV_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const FNV_PRIME: u64 = 0x0100_0000_01b3;
    let fnv = text.bytes().fold(FNV_BASIS ^ seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME));
    let mixed = (fnv ^ (fnv >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
