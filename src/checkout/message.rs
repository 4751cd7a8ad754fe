//! What the return page says, and whether it may be believed enough to ask.

use api_types::{Checkout, ReturnMessage};

/// Reads a message as a hint about this checkout. Origin and, where this tab
/// has the handle, source window have been checked by who calls; the nonce is
/// the server's proof that the message belongs to the checkout.
pub fn is_about(text: &str, checkout: &Checkout) -> bool {
    ReturnMessage::read(text)
        .is_some_and(|message| message.c == checkout.id && message.n == checkout.nonce)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::super::machine::tests::a_checkout;
    use super::*;
    use api_types::CheckoutStatus;

    #[test]
    fn only_the_checkouts_own_nonce_is_a_hint() {
        let checkout = a_checkout(CheckoutStatus::Open, 1);
        let message = |c: &str, n: &str| {
            format!(r#"{{"ns":"portico.checkout","v":1,"t":"return","c":"{c}","n":"{n}"}}"#)
        };
        assert!(is_about(&message("co_1", "nonce"), &checkout));
        assert!(!is_about(&message("co_1", "forged"), &checkout));
        assert!(!is_about(&message("co_2", "nonce"), &checkout));
        assert!(!is_about("paid", &checkout));
    }
}
