//! Cells and rows by RFC 4180. A text that a spreadsheet would take for a formula is made
//! harmless (OWASP, CSV injection); a number is never touched.

use api_types::{Money, Timestamp};

use crate::db::Terms;

/// What a formula begins with, also as the wide signs of East Asian keyboards.
const FORMULA_SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
/// What a spreadsheet may take for the end of a cell, whatever stands around it: where the
/// comma is the decimal sign, it parts cells at semicolons.
const CELL_ENDS: [char; 4] = [';', '\t', '\r', '\n'];

/// One cell.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Somebody's words.
    Text(String),
    /// Digits of our own making.
    Number(String),
    /// Nothing.
    Empty,
}

impl Cell {
    /// Somebody's words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// An amount, without its currency.
    pub fn amount(money: Money) -> Self {
        Self::Number(money.amount_text())
    }

    /// An instant by the clock of the portal's zone, in a form that spreadsheets read as a time.
    pub fn instant(instant: Timestamp, terms: &Terms) -> Self {
        let civil = terms.zone.to_datetime(instant.instant());
        Self::Number(civil.strftime("%Y-%m-%d %H:%M:%S").to_string())
    }
}

/// Writes one row, with its end.
pub fn row(to: &mut String, cells: &[Cell]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            to.push(',');
        }
        match cell {
            Cell::Text(text) => quoted(to, &harmless(text)),
            Cell::Number(number) => to.push_str(number),
            Cell::Empty => {}
        }
    }
    to.push_str("\r\n");
}

fn quoted(to: &mut String, text: &str) {
    let plain = |c: char| !matches!(c, ',' | '"' | '\r' | '\n') && !CELL_ENDS.contains(&c);
    if text.chars().all(plain) {
        to.push_str(text);
        return;
    }
    to.push('"');
    to.push_str(&text.replace('"', "\"\""));
    to.push('"');
}

/// The text with an apostrophe before each sign that could begin a formula, which makes a
/// spreadsheet show it as it is.
fn harmless(text: &str) -> String {
    let mut harmless = String::with_capacity(text.len() + 1);
    let mut begins = true;
    for c in text.chars() {
        let leads = harmless.is_empty() && matches!(c, '\t' | '\r' | '\n');
        if begins && (FORMULA_SIGNS.contains(&c) || leads) {
            harmless.push('\'');
        }
        // A quote may be all that stands between an end of a cell and a sign.
        begins = CELL_ENDS.contains(&c) || (begins && c == '"');
        harmless.push(c);
    }
    harmless
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[Cell]) -> String {
        let mut line = String::new();
        row(&mut line, cells);
        line
    }

    #[test]
    fn cells_are_quoted_where_they_have_to_be() {
        let cells = ["plain", "a, b", "say \"so\"", "two\r\nlines", "a;b", ""];
        let line = written(&cells.map(Cell::text));
        assert_eq!(
            line,
            "plain,\"a, b\",\"say \"\"so\"\"\",\"two\r\nlines\",\"a;b\",\r\n"
        );
    }

    #[test]
    fn a_text_is_never_a_formula_and_a_number_stays_a_number() {
        for (text, line) in [
            ("=1+1", "'=1+1\r\n"),
            ("+44", "'+44\r\n"),
            ("-1", "'-1\r\n"),
            ("@SUM(A1)", "'@SUM(A1)\r\n"),
            ("\t=1", "\"'\t'=1\"\r\n"),
            ("\r=1", "\"'\r'=1\"\r\n"),
            ("＝1", "'＝1\r\n"),
            ("a;=1", "\"a;'=1\"\r\n"),
            ("a\n@b", "\"a\n'@b\"\r\n"),
            ("a;\"=1", "\"a;\"\"'=1\"\r\n"),
            ("one-two = three", "one-two = three\r\n"),
        ] {
            assert_eq!(written(&[Cell::text(text)]), line, "{text:?}");
        }
        let minus = Money::from_minor(-1850, "EUR".parse().unwrap());
        assert_eq!(written(&[Cell::amount(minus), Cell::Empty]), "-18.50,\r\n");
    }

    #[test]
    fn another_reader_reads_what_is_written() {
        let texts = ["", "a", "\"", "\"\"", "a,b", "\r\n", "=x;\"-y\"", " blank "];
        let mut file = String::new();
        for text in texts {
            row(&mut file, &[Cell::text("first"), Cell::text(text)]);
        }
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(file.as_bytes());
        let read: Vec<_> = reader
            .records()
            .map(|row| row.unwrap()[1].to_owned())
            .collect();
        assert_eq!(read, texts.map(harmless));
    }
}
