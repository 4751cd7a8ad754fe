//! The samples of the demo hold what they promise.
