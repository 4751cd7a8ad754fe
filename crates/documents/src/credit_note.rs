//! A credit note on paper.

use api_types::CreditNote;
use words::key;

use crate::Error;
use crate::document_writer::{Between, DocumentWriter};
use crate::render_context::RenderContext;
use crate::sheet::{Column, Part, Row, Table, Weight};

/// Makes a credit note as PDF.
///
/// # Errors
/// [`Error`] if the document cannot be laid out or written, e.g. because the provider's logo is not
/// a picture that can be read.
pub fn credit_note(note: &CreditNote, context: &RenderContext) -> Result<Vec<u8>, Error> {
    let writer = DocumentWriter::new(context);
    let between = Between {
        from: key::credit_notes::FROM,
        seller: &note.seller,
        customer: &note.customer,
        to: key::credit_notes::CREDITED_TO,
    };
    let title = writer.fill(key::credit_notes::TITLE, [("number", &note.number)]);
    let mut sheet = writer.sheet(title.clone(), &title, &between, note.as_of);
    sheet.facts = vec![
        writer.fact(key::credit_notes::NUMBER, &note.number),
        writer.fact(key::credit_notes::ISSUED, writer.day(note.issued_on)),
        writer.fact(key::credit_notes::INVOICE, &note.invoice_number),
        writer.fact(key::credit_notes::ACCOUNT_NUMBER, &note.account_number),
    ];
    sheet.parts = vec![Part {
        table: Some(Table {
            columns: vec![
                Column::wide(writer.t(key::credit_notes::REASON)),
                Column::figures(writer.t(key::credit_notes::NET)),
            ],
            rows: vec![Row::plain(vec![
                note.reason.clone(),
                writer.money(note.net),
            ])],
        }),
        after: vec![
            writer.sum(key::credit_notes::NET, note.net, Weight::Plain),
            writer.sum(key::credit_notes::TAX, note.tax, Weight::Plain),
            writer.sum(key::credit_notes::TOTAL, note.total, Weight::Main),
        ],
        ..Part::default()
    }];
    writer.finish(&sheet, note.as_of)
}
