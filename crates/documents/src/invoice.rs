//! An invoice on paper. It has what the screen has: see `invoice_document` there.

use api_types::{
    DocumentState, Invoice, InvoiceCredit, InvoiceLine, InvoiceMoney, InvoicePayment,
    InvoiceRefund, Money, MoneyState,
};
use words::key;

use crate::Error;
use crate::document_writer::{Between, DocumentWriter, said};
use crate::render_context::RenderContext;
use crate::sheet::{Badge, Column, Details, Fact, Part, Row, Sheet, Sum, Table, Tone, Weight};

/// Makes an invoice as PDF.
///
/// # Errors
/// [`Error`] if the document cannot be laid out or written, e.g. because the provider's logo is not
/// a picture that can be read.
pub fn invoice(invoice: &Invoice, context: &RenderContext) -> Result<Vec<u8>, Error> {
    let writer = DocumentWriter::new(context);
    writer.finish(&sheet(&writer, invoice), invoice.as_of)
}

fn sheet(writer: &DocumentWriter<'_>, invoice: &Invoice) -> Sheet {
    let between = Between {
        from: key::invoices::FROM,
        seller: &invoice.seller,
        customer: &invoice.customer,
        to: key::invoices::BILLED_TO,
    };
    let title = writer.fill(key::invoices::INVOICE_TITLE, [("number", &invoice.number)]);
    let mut sheet = writer.sheet(title.clone(), &title, &between, invoice.as_of);
    sheet.subtitle = Some(invoice.name.clone()).filter(|name| !name.is_empty());
    sheet.badge = Some(badge(writer, invoice));
    sheet.facts = facts(writer, invoice);
    sheet.parts = vec![Part {
        table: Some(lines(writer, &invoice.lines)),
        after: sums(writer, &invoice.money),
        ..Part::default()
    }];
    sheet.parts.extend(paid_so_far(writer, invoice));
    sheet.details = how_to_pay(writer, invoice);
    sheet
}

/// The one state that matters most to whoever has to pay, as on the screen.
fn badge(writer: &DocumentWriter<'_>, invoice: &Invoice) -> Badge {
    use key::invoices as words;
    let (tone, word) = match (invoice.document, invoice.state) {
        (DocumentState::Void, _) => (Tone::Plain, words::STATE_VOID),
        (DocumentState::Replaced, _) => (Tone::Plain, words::STATE_REPLACED),
        (_, MoneyState::Paid) => (Tone::Good, words::STATE_PAID),
        (_, MoneyState::Refunded) => (Tone::Plain, words::STATE_REFUNDED),
        (_, MoneyState::PartRefunded) => (Tone::Plain, words::STATE_PART_REFUNDED),
        (_, MoneyState::Pending) => (Tone::Wait, words::STATE_PENDING),
        _ if invoice.overdue => (Tone::Bad, words::STATE_OVERDUE),
        (_, MoneyState::PartPaid) => (Tone::Wait, words::STATE_PART_PAID),
        (_, MoneyState::Unpaid) => (Tone::Plain, words::STATE_UNPAID),
        _ => (Tone::Wait, words::STATE_UNKNOWN),
    };
    Badge {
        word: writer.t(word),
        tone,
    }
}

fn facts(writer: &DocumentWriter<'_>, invoice: &Invoice) -> Vec<Fact> {
    let period = invoice.period_from.zip(invoice.period_to);
    let period = period.map(|(from, to)| {
        let (from, to) = (writer.day(from), writer.day(to));
        let span = writer.fill(key::invoices::PERIOD_SPAN, [("from", &from), ("to", &to)]);
        writer.fact(key::invoices::PERIOD, span)
    });
    [
        writer.fact(key::invoices::NUMBER, &invoice.number),
        writer.fact(key::invoices::ISSUED, writer.day(invoice.issued_on)),
        writer.fact(key::invoices::DUE_LABEL, writer.day(invoice.due_on)),
    ]
    .into_iter()
    .chain(period)
    .chain([writer.fact(key::statement::ACCOUNT_NUMBER, &invoice.account_number)])
    .collect()
}

fn lines(writer: &DocumentWriter<'_>, lines: &[InvoiceLine]) -> Table {
    let row = |line: &InvoiceLine| {
        let currency = line.unit_price.currency();
        let tax = writer.fill(
            key::invoices::LINE_TAX_PERCENT,
            [("percent", &writer.number(&line.tax_percent, currency))],
        );
        Row::plain(vec![
            line.description.clone(),
            writer.number(&line.quantity, currency),
            writer.unit_price(line.unit_price),
            tax,
            writer.money(line.net),
        ])
    };
    Table {
        columns: vec![
            Column::wide(writer.t(key::invoices::LINE_DESCRIPTION)),
            Column::figures(writer.t(key::invoices::LINE_QUANTITY)),
            Column::figures(writer.t(key::invoices::LINE_UNIT_PRICE)),
            Column::figures(writer.t(key::invoices::LINE_TAX)),
            Column::figures(writer.t(key::invoices::LINE_NET)),
        ],
        rows: lines.iter().map(row).collect(),
    }
}

fn sums(writer: &DocumentWriter<'_>, money: &InvoiceMoney) -> Vec<Sum> {
    use key::invoices as words;
    // What is nothing says nothing, except for what remains.
    let if_any = |label, amount: Money| {
        (!amount.is_zero()).then(|| writer.sum(label, amount, Weight::Plain))
    };
    [
        Some(writer.sum(words::NET, money.net, Weight::Plain)),
        Some(writer.sum(words::TAX, money.tax, Weight::Plain)),
        Some(writer.sum(words::TOTAL, money.total, Weight::Total)),
        if_any(words::CREDITED, money.credited),
        Some(writer.sum(words::PAID, money.paid, Weight::Plain)),
        Some(writer.sum(words::REMAINING, money.remaining, Weight::Main)),
        if_any(words::ON_ITS_WAY, money.on_its_way),
        if_any(words::REFUNDED, money.refunded),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn paid_so_far(writer: &DocumentWriter<'_>, invoice: &Invoice) -> Option<Part> {
    let credit = |credit: &InvoiceCredit| {
        let what = writer.fill(key::credit_notes::TITLE, [("number", &credit.number)]);
        let done = writer.t(key::payments::STATUS_COMPLETED);
        (credit.issued_on, what, done, credit.amount)
    };
    let payment = |payment: &InvoicePayment| {
        let what = writer.t(key::documents::PAYMENT);
        let status = writer.payment_status(payment.status);
        (payment.on, what, status, payment.amount)
    };
    let refund = |refund: &InvoiceRefund| {
        let what = writer.t(key::documents::REFUND);
        let done = writer.t(key::payments::STATUS_COMPLETED);
        let amount = Money::from_minor(-refund.amount.minor(), refund.amount.currency());
        (refund.on, what, done, amount)
    };
    let mut moves: Vec<_> = invoice.payments.iter().map(payment).collect();
    moves.extend(invoice.refunds.iter().map(refund));
    moves.extend(invoice.credit_notes.iter().map(credit));
    // What happened on one day stays in the order that it came in.
    moves.sort_by_key(|(on, ..)| *on);
    let rows: Vec<Row> = moves
        .into_iter()
        .map(|(on, what, status, amount)| {
            Row::plain(vec![writer.day(on), what, status, writer.money(amount)])
        })
        .collect();
    (!rows.is_empty()).then(|| Part {
        heading: Some(writer.t(key::documents::PAID_SO_FAR)),
        table: Some(Table {
            columns: vec![
                Column::words(writer.t(key::history::DATE)),
                Column::wide(writer.t(key::history::RECORD)),
                Column::words(writer.t(key::payments::COLUMN_STATUS)),
                Column::figures(writer.t(key::history::AMOUNT)),
            ],
            rows,
        }),
        ..Part::default()
    })
}

/// Where to send what remains, if anything does.
fn how_to_pay(writer: &DocumentWriter<'_>, invoice: &Invoice) -> Option<Details> {
    let open = invoice.document == DocumentState::Open && invoice.money.remaining.is_positive();
    (open && !invoice.bank_details.is_empty()).then(|| Details {
        title: writer.t(key::documents::BANK_TITLE),
        text: Some(writer.fill(key::documents::BANK_TEXT, [("number", &invoice.number)])),
        facts: said(&invoice.bank_details),
    })
}
