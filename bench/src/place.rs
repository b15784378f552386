//! Buffers at chosen places.
//!
//! A copy of some kilobytes may be several times slower if source and destination are near to each other modulo 4 KiB,
//! and where an allocator puts them is chance. So a destination begins at a page, and a source 2 KiB behind one.

/// Where a buffer begins, modulo 4 KiB.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// Here, to be worked on.
    Target(usize),
    /// At the opposite end, to be copied from.
    Source,
}

/// Bytes at a place.
#[derive(Debug)]
pub struct Placed {
    memory: Vec<u8>,
    begin: usize,
    length: usize,
}

impl Placed {
    /// `length` bytes.
    #[must_use]
    pub fn new(length: usize, place: Place) -> Self {
        let memory = vec![3; length + 3 * PAGE];
        let to_page = memory.as_ptr().align_offset(PAGE);
        let begin = to_page
            + match place {
                Place::Target(offset) => offset % PAGE,
                Place::Source => PAGE / 2,
            };
        Self { memory, begin, length }
    }
    /// The bytes.
    pub fn bytes(&mut self) -> &mut [u8] {
        &mut self.memory[self.begin..self.begin + self.length]
    }
}

const PAGE: usize = 4096;
