//! Other suites against ours.
