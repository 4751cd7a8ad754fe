//! The backend's command line.

fn main() {}
