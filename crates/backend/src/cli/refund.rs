//! `backend refund`: sends money of a payment back through its payment provider. The server may be
//! running; customers who look see the result without a restart.

use std::io::Write as _;

use api_types::PaymentId;
use backend::app::App;
use backend::clock::Clock;
use backend::gateways::RefundStatus;
use backend::payments::refunds;
use backend::settings::Settings;

/// What may be said to `backend refund`.
#[derive(clap::Args, Debug)]
pub struct Refund {
    /// The payment, by its id in its address, its receipt, or `backend explain`.
    #[arg(value_name = "PAYMENT")]
    payment: PaymentId,
    /// How much, if not all that is left: as in 45.00, in the payment's currency.
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    amount: Option<String>,
}

/// Sends the money back, and writes what came of it.
///
/// # Errors
/// The settings do not go together, the database cannot be opened, there is no such payment, it
/// cannot be sent back, less is left of it, the provider refuses, or standard output cannot be
/// written.
pub async fn run(args: Refund, settings: Settings) -> anyhow::Result<()> {
    let app = App::open(settings, Clock::system()).await?;
    let refund = refunds::refund(&app, &args.payment, args.amount.as_deref()).await;
    app.gateways().finish().await;
    let refund = refund?;
    let (key, amount, payment) = (&refund.key, refund.amount, &args.payment);
    let mut out = std::io::stdout();
    match refund.status {
        Some(RefundStatus::Done) => {
            writeln!(
                out,
                "{amount:?} of payment {payment} have gone back (refund {key})."
            )?;
        }
        Some(_) => writeln!(
            out,
            "{amount:?} of payment {payment} are on their way back (refund {key})."
        )?,
        None => writeln!(
            out,
            "The payment provider could not be reached: whether {amount:?} of payment {payment} \
             go back (refund {key}) is not known yet. The server finds out, and sends the refund \
             again by the same key if it has not arrived; do not ask for it again. See `backend \
             explain {payment}`."
        )?,
    }
    Ok(())
}
