//! A receipt: what was paid, when, how and for what. Whether there is one is not
//! decided here.

use api_types::{AllocatedTo, Allocation, MoneyState, Payment, PaymentDetail, PaymentKind};
use words::{Text, key};

use crate::Error;
use crate::document_writer::{Between, DocumentWriter};
use crate::render_context::RenderContext;
use crate::sheet::{Badge, Column, Fact, Part, Row, Sum, Table, Tone, Weight};

/// Makes the receipt of a payment as PDF; of a refund, under its own name.
///
/// # Errors
/// [`Error`] if the document cannot be laid out or written, e.g. because the provider's logo is not
/// a picture that can be read.
pub fn receipt(detail: &PaymentDetail, context: &RenderContext) -> Result<Vec<u8>, Error> {
    let writer = DocumentWriter::new(context);
    let payment = &detail.payment;
    let between = Between {
        from: key::invoices::FROM,
        seller: &detail.seller,
        customer: &detail.customer,
        to: key::invoices::BILLED_TO,
    };
    let title = match payment.kind {
        PaymentKind::Refund => key::documents::REFUND_TITLE,
        _ => key::documents::RECEIPT_TITLE,
    };
    let title = writer.fill(title, [("number", payment.id.as_str())]);
    let mut sheet = writer.sheet(title.clone(), &title, &between, detail.as_of);
    sheet.subtitle = Some(payment.description.clone()).filter(|text| !text.is_empty());
    sheet.badge = Some(badge(&writer, payment));
    sheet.facts = facts(&writer, detail);
    sheet.parts = vec![Part {
        table: Some(applied_to(&writer, detail)),
        after: sums(&writer, detail),
        ..Part::default()
    }];
    writer.finish(&sheet, detail.as_of)
}

/// That the money is there, or that it went back since.
fn badge(writer: &DocumentWriter<'_>, payment: &Payment) -> Badge {
    let (word, tone) = match payment.refund_state() {
        None => (writer.payment_status(payment.status), Tone::Good),
        Some(MoneyState::Refunded) => (writer.t(key::payments::REFUNDED), Tone::Plain),
        Some(_) => (writer.t(key::payments::PART_REFUNDED), Tone::Plain),
    };
    Badge { word, tone }
}

fn facts(writer: &DocumentWriter<'_>, detail: &PaymentDetail) -> Vec<Fact> {
    let payment = &detail.payment;
    let at = payment.completed_at.unwrap_or(payment.created_at);
    let method = payment.method.as_ref();
    [
        Some(writer.fact(key::payments::COLUMN_DATE, writer.instant(at))),
        method.map(|by| writer.fact(key::documents::PAID_BY, writer.method(by))),
        Some(writer.fact(key::statement::ACCOUNT_NUMBER, &detail.account_number)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Everything that the money went to; its amounts add up to the total.
fn applied_to(writer: &DocumentWriter<'_>, detail: &PaymentDetail) -> Table {
    let payment = &detail.payment;
    let row = |what: String, amount| Row::plain(vec![what, writer.money(amount)]);
    let mut rows: Vec<Row> = payment
        .allocations
        .iter()
        .map(|allocation| row(what(writer, allocation), allocation.amount))
        .collect();
    let rest: [(Text, _); 2] = [
        (key::checkout::SURCHARGE, payment.surcharge),
        (key::documents::RECEIPT_UNALLOCATED, detail.unallocated),
    ];
    rows.extend(
        rest.into_iter()
            .filter(|(_, amount)| !amount.is_zero())
            .map(|(label, amount)| row(writer.t(label), amount)),
    );
    if rows.is_empty() {
        rows.push(row(payment.description.clone(), payment.total));
    }
    Table {
        columns: vec![
            Column::wide(writer.t(key::documents::RECEIPT_FOR)),
            Column::figures(writer.t(key::history::AMOUNT)),
        ],
        rows,
    }
}

fn what(writer: &DocumentWriter<'_>, allocation: &Allocation) -> String {
    match &allocation.to {
        AllocatedTo::Invoice { number, .. } => {
            writer.fill(key::invoices::INVOICE_TITLE, [("number", number)])
        }
        AllocatedTo::Event { title, .. } => title.clone(),
    }
}

fn sums(writer: &DocumentWriter<'_>, detail: &PaymentDetail) -> Vec<Sum> {
    let total = writer.sum(key::invoices::TOTAL, detail.payment.total, Weight::Main);
    let refunded = detail.payment.refunded;
    let refunded = refunded.is_positive().then(|| {
        let label = key::documents::RECEIPT_REFUNDED;
        writer.sum(label, refunded, Weight::Plain)
    });
    [Some(total), refunded].into_iter().flatten().collect()
}
