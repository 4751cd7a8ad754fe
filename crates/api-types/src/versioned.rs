//! Which state of an account a value belongs to.

use crate::{Balance, Checkout, Invoice, Page};

/// A value that knows the version of the account that it was true at. The
/// backend tags its answers by it, and a reader drops what is older than what
/// it has.
pub trait Versioned {
    /// The customer's version when it was read.
    fn version(&self) -> u64;
}

impl Versioned for Balance {
    fn version(&self) -> u64 {
        self.version
    }
}

impl Versioned for Checkout {
    fn version(&self) -> u64 {
        self.version
    }
}

impl Versioned for Invoice {
    fn version(&self) -> u64 {
        self.version
    }
}

impl<T> Versioned for Page<T> {
    fn version(&self) -> u64 {
        self.version
    }
}
