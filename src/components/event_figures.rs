//! What an event costs and how much of that is paid.

use api_types::{EventMoney, Money};
use leptos::prelude::*;

use super::amount::Amount;
use crate::i18n::{self, fill, key, t};

/// The figures, the balance last and largest. Of an event that is invoiced they are those of
/// the whole invoice.
#[component]
pub fn EventFigures(
    /// The money.
    #[prop(into)]
    money: Signal<EventMoney>,
) -> impl IntoView {
    let lines = move || money.with(lines).into_iter().map(line).collect_view();
    let balance = Signal::derive(move || money.with(|money| money.balance));
    let balance_label = move || {
        t(match money.with(|money| money.invoice.is_some()) {
            true => key::event::REMAINING,
            false => key::event::BALANCE,
        })
    };
    view! {
        <dl class="event_figures">
            {lines}
            <div class="event_figures__line event_figures__line--balance" data-figure="balance">
                <dt>{balance_label}</dt>
                <dd>
                    <Amount money=balance />
                </dd>
            </div>
        </dl>
    }
}

/// A figure with its stable name, its label, and what is said beside that.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    figure: &'static str,
    label: String,
    note: Option<String>,
    money: Money,
}

fn lines(money: &EventMoney) -> Vec<Line> {
    let plain = |figure, label, money| Line {
        figure,
        label: t(label),
        note: None,
        money,
    };
    let mut lines = vec![plain("fee", key::event::FEE, money.fee)];
    match &money.invoice {
        Some(invoice) => lines.push(Line {
            note: Some(fill(
                key::invoices::DUE,
                [("day", &i18n::day(&invoice.due_on))],
            )),
            ..plain("total", key::event::INVOICE_TOTAL, invoice.total)
        }),
        None => lines.extend(money.deposit.map(|deposit| {
            let due = money.deposit_due_on.as_ref();
            Line {
                note: due.map(|day| fill(key::invoices::DUE, [("day", &i18n::day(day))])),
                ..plain("deposit", key::event::DEPOSIT, deposit)
            }
        })),
    }
    lines.push(plain("paid", key::event::PAID, money.paid));
    if money.on_its_way.is_positive() {
        lines.push(plain(
            "on_its_way",
            key::event::ON_ITS_WAY,
            money.on_its_way,
        ));
    }
    if money.refunded.is_positive() {
        lines.push(plain("refunded", key::event::REFUNDED, money.refunded));
    }
    lines
}

fn line(line: Line) -> impl IntoView {
    view! {
        <div class="event_figures__line" data-figure=line.figure>
            <dt>
                {line.label}
                {line
                    .note
                    .map(|note| view! { " " <span class="event_figures__note">{note}</span> })}
            </dt>
            <dd>
                <Amount money=line.money />
            </dd>
        </div>
    }
}
