//! The end of a text: fewer than 16 bytes as a little-endian number, by two accesses that overlap, and no loop.

/// The bytes of `part`, of which there are fewer than 16; zeros above.
#[inline]
pub(crate) fn load(part: &[u8]) -> u128 {
    let shift = |width: usize| 8 * (part.len() - width);
    // Where the two overlap they are the same bytes.
    if let (Some(low), Some(high)) = (part.first_chunk(), part.last_chunk()) {
        u128::from(u64::from_le_bytes(*low)) | u128::from(u64::from_le_bytes(*high)) << shift(8)
    } else if let (Some(low), Some(high)) = (part.first_chunk(), part.last_chunk()) {
        u128::from(u64::from(u32::from_le_bytes(*low)) | u64::from(u32::from_le_bytes(*high)) << shift(4))
    } else if let (Some(low), Some(high)) = (part.first_chunk(), part.last_chunk()) {
        u128::from(u32::from(u16::from_le_bytes(*low)) | u32::from(u16::from_le_bytes(*high)) << shift(2))
    } else {
        part.first().map_or(0, |byte| u128::from(*byte))
    }
}

/// Writes the low bytes of `x` over `part`, which has fewer than 16.
#[cfg(any(
    all(target_arch = "x86_64", target_feature = "sse2"),
    all(target_arch = "aarch64", target_endian = "little", target_feature = "neon")
))]
#[inline]
pub(crate) fn store(part: &mut [u8], x: u128) {
    let length = part.len();
    let high = |width: usize| x >> (8 * (length - width));
    if length >= 8 {
        part[..8].copy_from_slice(&(x as u64).to_le_bytes());
        part[length - 8..].copy_from_slice(&(high(8) as u64).to_le_bytes());
    } else if length >= 4 {
        part[..4].copy_from_slice(&(x as u32).to_le_bytes());
        part[length - 4..].copy_from_slice(&(high(4) as u32).to_le_bytes());
    } else if length >= 2 {
        part[..2].copy_from_slice(&(x as u16).to_le_bytes());
        part[length - 2..].copy_from_slice(&(high(2) as u16).to_le_bytes());
    } else if let Some(byte) = part.first_mut() {
        *byte = x as u8;
    }
}

#[cfg(all(
    test,
    any(
        all(target_arch = "x86_64", target_feature = "sse2"),
        all(target_arch = "aarch64", target_endian = "little", target_feature = "neon")
    )
))]
mod tests {
    use super::*;

    #[test]
    fn every_length_is_read_and_written_whole() {
        let bytes: [u8; 16] = core::array::from_fn(|i| 0xe0 + i as u8);
        for length in 0..16 {
            let mut expected = [0; 16];
            expected[..length].copy_from_slice(&bytes[..length]);
            assert_eq!(load(&bytes[..length]), u128::from_le_bytes(expected), "{length}");
            let mut stored = [0; 16];
            store(&mut stored[..length], u128::from_le_bytes(bytes));
            assert_eq!(stored, expected, "{length}");
        }
    }
}
