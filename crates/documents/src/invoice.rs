//! An invoice on paper. It has what the screen has: see `invoice_document` there.

use api_types::{
    DocumentState, Invoice, InvoiceCredit, InvoiceLine, InvoiceMoney, InvoicePayment,
    InvoiceRefund, Money, MoneyState,
};
use words::key;

use crate::Error;
use crate::pen::{Between, Pen, said};
use crate::sheet::{Badge, Column, Details, Fact, Part, Row, Sheet, Sum, Table, Tone, Weight};
use crate::surroundings::Surroundings;

/// An invoice as PDF.
pub fn invoice(invoice: &Invoice, around: &Surroundings) -> Result<Vec<u8>, Error> {
    let pen = Pen::new(around);
    pen.finish(&sheet(&pen, invoice), invoice.as_of)
}

fn sheet(pen: &Pen<'_>, invoice: &Invoice) -> Sheet {
    let between = Between {
        from: key::invoices::FROM,
        seller: &invoice.seller,
        customer: &invoice.customer,
        to: key::invoices::BILLED_TO,
    };
    let title = pen.fill(key::invoices::INVOICE_TITLE, [("number", &invoice.number)]);
    let mut sheet = pen.sheet(title.clone(), &title, &between, invoice.as_of);
    sheet.subtitle = Some(invoice.name.clone()).filter(|name| !name.is_empty());
    sheet.badge = Some(badge(pen, invoice));
    sheet.facts = facts(pen, invoice);
    sheet.parts = vec![Part {
        table: Some(lines(pen, &invoice.lines)),
        after: sums(pen, &invoice.money),
        ..Part::default()
    }];
    sheet.parts.extend(paid_so_far(pen, invoice));
    sheet.details = how_to_pay(pen, invoice);
    sheet
}

/// The one state that matters most to whoever has to pay, as on the screen.
fn badge(pen: &Pen<'_>, invoice: &Invoice) -> Badge {
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
        word: pen.t(word),
        tone,
    }
}

fn facts(pen: &Pen<'_>, invoice: &Invoice) -> Vec<Fact> {
    let period = invoice.period_from.zip(invoice.period_to);
    let period = period.map(|(from, to)| {
        let (from, to) = (pen.day(from), pen.day(to));
        let span = pen.fill(key::invoices::PERIOD_SPAN, [("from", &from), ("to", &to)]);
        pen.fact(key::invoices::PERIOD, span)
    });
    [
        pen.fact(key::invoices::NUMBER, &invoice.number),
        pen.fact(key::invoices::ISSUED, pen.day(invoice.issued_on)),
        pen.fact(key::invoices::DUE_LABEL, pen.day(invoice.due_on)),
    ]
    .into_iter()
    .chain(period)
    .chain([pen.fact(key::statement::ACCOUNT_NUMBER, &invoice.account_number)])
    .collect()
}

fn lines(pen: &Pen<'_>, lines: &[InvoiceLine]) -> Table {
    let row = |line: &InvoiceLine| {
        let currency = line.unit_price.currency();
        let tax = pen.fill(
            key::invoices::LINE_TAX_PERCENT,
            [("percent", &pen.number(&line.tax_percent, currency))],
        );
        Row::plain(vec![
            line.description.clone(),
            pen.number(&line.quantity, currency),
            pen.unit_price(line.unit_price),
            tax,
            pen.money(line.net),
        ])
    };
    Table {
        columns: vec![
            Column::wide(pen.t(key::invoices::LINE_DESCRIPTION)),
            Column::figures(pen.t(key::invoices::LINE_QUANTITY)),
            Column::figures(pen.t(key::invoices::LINE_UNIT_PRICE)),
            Column::figures(pen.t(key::invoices::LINE_TAX)),
            Column::figures(pen.t(key::invoices::LINE_NET)),
        ],
        rows: lines.iter().map(row).collect(),
    }
}

fn sums(pen: &Pen<'_>, money: &InvoiceMoney) -> Vec<Sum> {
    use key::invoices as words;
    // What is nothing says nothing, except for what remains.
    let if_any =
        |label, amount: Money| (!amount.is_zero()).then(|| pen.sum(label, amount, Weight::Plain));
    [
        Some(pen.sum(words::NET, money.net, Weight::Plain)),
        Some(pen.sum(words::TAX, money.tax, Weight::Plain)),
        Some(pen.sum(words::TOTAL, money.total, Weight::Total)),
        if_any(words::CREDITED, money.credited),
        Some(pen.sum(words::PAID, money.paid, Weight::Plain)),
        Some(pen.sum(words::REMAINING, money.remaining, Weight::Main)),
        if_any(words::ON_ITS_WAY, money.on_its_way),
        if_any(words::REFUNDED, money.refunded),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn paid_so_far(pen: &Pen<'_>, invoice: &Invoice) -> Option<Part> {
    let credit = |credit: &InvoiceCredit| {
        let what = pen.fill(key::credit_notes::TITLE, [("number", &credit.number)]);
        let done = pen.t(key::payments::STATUS_COMPLETED);
        (credit.issued_on, what, done, credit.amount)
    };
    let payment = |payment: &InvoicePayment| {
        let what = pen.t(key::documents::PAYMENT);
        let status = pen.payment_status(payment.status);
        (payment.on, what, status, payment.amount)
    };
    let refund = |refund: &InvoiceRefund| {
        let what = pen.t(key::documents::REFUND);
        let done = pen.t(key::payments::STATUS_COMPLETED);
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
            Row::plain(vec![pen.day(on), what, status, pen.money(amount)])
        })
        .collect();
    (!rows.is_empty()).then(|| Part {
        heading: Some(pen.t(key::documents::PAID_SO_FAR)),
        table: Some(Table {
            columns: vec![
                Column::words(pen.t(key::history::DATE)),
                Column::wide(pen.t(key::history::RECORD)),
                Column::words(pen.t(key::payments::COLUMN_STATUS)),
                Column::figures(pen.t(key::history::AMOUNT)),
            ],
            rows,
        }),
        ..Part::default()
    })
}

/// Where to send what remains, if anything does.
fn how_to_pay(pen: &Pen<'_>, invoice: &Invoice) -> Option<Details> {
    let open = invoice.document == DocumentState::Open && invoice.money.remaining.is_positive();
    (open && !invoice.bank_details.is_empty()).then(|| Details {
        title: pen.t(key::documents::BANK_TITLE),
        text: Some(pen.fill(key::documents::BANK_TEXT, [("number", &invoice.number)])),
        facts: said(&invoice.bank_details),
    })
}
