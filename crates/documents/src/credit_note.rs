//! A credit note on paper.

use api_types::CreditNote;
use words::key;

use crate::Error;
use crate::pen::{Between, Pen};
use crate::sheet::{Column, Part, Row, Table, Weight};
use crate::surroundings::Surroundings;

/// A credit note as PDF.
pub fn credit_note(note: &CreditNote, around: &Surroundings) -> Result<Vec<u8>, Error> {
    let pen = Pen::new(around);
    let between = Between {
        from: key::credit_notes::FROM,
        seller: &note.seller,
        customer: &note.customer,
        to: key::credit_notes::CREDITED_TO,
    };
    let title = pen.fill(key::credit_notes::TITLE, [("number", &note.number)]);
    let mut sheet = pen.sheet(title.clone(), &title, &between, note.as_of);
    sheet.facts = vec![
        pen.fact(key::credit_notes::NUMBER, &note.number),
        pen.fact(key::credit_notes::ISSUED, pen.day(note.issued_on)),
        pen.fact(key::credit_notes::INVOICE, &note.invoice_number),
        pen.fact(key::credit_notes::ACCOUNT_NUMBER, &note.account_number),
    ];
    sheet.parts = vec![Part {
        table: Some(Table {
            columns: vec![
                Column::wide(pen.t(key::credit_notes::REASON)),
                Column::figures(pen.t(key::credit_notes::NET)),
            ],
            rows: vec![Row::plain(vec![note.reason.clone(), pen.money(note.net)])],
        }),
        after: vec![
            pen.sum(key::credit_notes::NET, note.net, Weight::Plain),
            pen.sum(key::credit_notes::TAX, note.tax, Weight::Plain),
            pen.sum(key::credit_notes::TOTAL, note.total, Weight::Main),
        ],
        ..Part::default()
    }];
    pen.finish(&sheet, note.as_of)
}
