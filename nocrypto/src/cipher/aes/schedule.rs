//! KeyExpansion (FIPS 197 §5.2), for any way to put a word through the S-box.
use super::RoundKeys;

pub(super) fn expand<const N: usize>(
    key: &[u8; N],
    keys: &mut RoundKeys<N>,
    sub_word: impl Fn(&mut [u8; 4]),
) {
    let words = keys.0[..=RoundKeys::<N>::ROUNDS].as_flattened_mut().as_chunks_mut::<4>().0;
    let (given, made) = words.split_at_mut(N / 4);
    given.as_flattened_mut().copy_from_slice(key);
    let mut rcon = 1;
    for i in 0..made.len() {
        let at = |j: usize| if j < N / 4 { given[j] } else { made[j - N / 4] };
        let (mut word, old) = (at(N / 4 + i - 1), at(i));
        if i % (N / 4) == 0 {
            word.rotate_left(1);
            sub_word(&mut word);
            word[0] ^= rcon;
            rcon = (rcon << 1) ^ ((rcon >> 7) * 0x1b);
        } else if N > 24 && i % (N / 4) == 4 {
            sub_word(&mut word);
        }
        for ((to, a), b) in made[i].iter_mut().zip(word).zip(old) {
            *to = a ^ b;
        }
    }
}
