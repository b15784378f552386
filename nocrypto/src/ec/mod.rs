//! Elliptic curves: fields, scalars, points.
