//! Measures our work beside that of others, in one process and in turns.
pub mod clock;
pub mod denied;
pub mod disturbance;
pub mod group;
pub mod measure;
pub mod place;
