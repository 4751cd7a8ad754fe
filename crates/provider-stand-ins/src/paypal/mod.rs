//! A stand-in for PayPal.
