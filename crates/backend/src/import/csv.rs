//! Reads CSV by RFC 4180, strictly, and knows the line of every cell.
//!
//! It is our own since a fault has to name line and column, and since a forgotten quote must
//! never hide the rows after it: the readers that exist make one very long cell of them.

/// A cell, with its quotes taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The line that it begins on, counted from 1.
    pub line: usize,
    /// What it holds.
    pub text: String,
}

/// A record: one row, which may take several lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The line that it begins on.
    pub line: usize,
    /// Its cells; there is at least one.
    pub cells: Vec<Cell>,
}

/// Why a text is not CSV.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadCsv {
    /// The line.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: &'static str,
}

const QUOTE_INSIDE: &str = "a quote stands inside a cell that is not in quotes; \
    put the whole cell in quotes, and write each quote in it twice";
const AFTER_QUOTE: &str = "something follows the closing quote of a cell; \
    write each quote inside a cell twice";
const NEVER_CLOSED: &str = "the quote that opens a cell here is never closed; \
    close it, or write each quote inside a cell twice";
const LONE_RETURN: &str = "a carriage return stands alone; lines end with LF or CR LF";

/// Reads a whole text. Empty lines are skipped.
///
/// # Errors
/// [`BadCsv`] if a quote stands in a cell without quotes, is never closed, or has something after
/// it, or if a carriage return stands alone.
pub fn read(text: &str) -> Result<Vec<Record>, BadCsv> {
    let mut reader = Reader {
        rest: text,
        line: 1,
    };
    let mut records = Vec::new();
    while !reader.rest.is_empty() {
        if reader.end_of_line()? {
            continue;
        }
        records.push(reader.record()?);
    }
    Ok(records)
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
}

impl Reader<'_> {
    fn record(&mut self) -> Result<Record, BadCsv> {
        let line = self.line;
        let mut cells = vec![self.cell()?];
        while !self.rest.is_empty() && !self.end_of_line()? {
            // What ends a cell is a comma, the end of the line or the end of the file.
            self.take(1);
            cells.push(self.cell()?);
        }
        Ok(Record { line, cells })
    }

    fn cell(&mut self) -> Result<Cell, BadCsv> {
        let line = self.line;
        let text = if self.rest.starts_with('"') {
            self.quoted()?
        } else {
            self.plain()?
        };
        Ok(Cell { line, text })
    }

    fn plain(&mut self) -> Result<String, BadCsv> {
        let end = self.rest.find([',', '\n', '\r', '"']);
        let end = end.unwrap_or(self.rest.len());
        if self.rest[end..].starts_with('"') {
            return Err(self.bad(QUOTE_INSIDE));
        }
        Ok(self.take(end).to_owned())
    }

    fn quoted(&mut self) -> Result<String, BadCsv> {
        let never_closed = self.bad(NEVER_CLOSED);
        self.take(1);
        let mut text = String::new();
        loop {
            let Some(end) = self.rest.find('"') else {
                return Err(never_closed);
            };
            text.push_str(self.take(end));
            self.take(1);
            if !self.rest.starts_with('"') {
                break;
            }
            text.push_str(self.take(1));
        }
        self.line += text.matches('\n').count();
        if self.rest.is_empty() || self.rest.starts_with([',', '\n', '\r']) {
            Ok(text)
        } else {
            Err(self.bad(AFTER_QUOTE))
        }
    }

    /// Takes the end of a line, if the line ends here.
    fn end_of_line(&mut self) -> Result<bool, BadCsv> {
        let length = match self.rest.as_bytes() {
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            [b'\r', ..] => return Err(self.bad(LONE_RETURN)),
            _ => return Ok(false),
        };
        self.take(length);
        self.line += 1;
        Ok(true)
    }

    fn take(&mut self, length: usize) -> &str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    fn bad(&self, message: &'static str) -> BadCsv {
        BadCsv {
            line: self.line,
            message,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let records = read(text).unwrap();
        records
            .into_iter()
            .map(|record| record.cells.into_iter().map(|cell| cell.text).collect())
            .collect()
    }

    #[test]
    fn cells_are_read_as_the_rfc_says() {
        for (text, expected) in [
            ("a,b\r\nc,d\r\n", vec![vec!["a", "b"], vec!["c", "d"]]),
            ("a,b\nc,d", vec![vec!["a", "b"], vec!["c", "d"]]),
            ("a,,\n", vec![vec!["a", "", ""]]),
            (
                "\"a, b\",\"say \"\"c\"\"\"\n",
                vec![vec!["a, b", "say \"c\""]],
            ),
            ("\"two\nlines\",x\n", vec![vec!["two\nlines", "x"]]),
            ("\"\",x\n\n\ny,z\n", vec![vec!["", "x"], vec!["y", "z"]]),
            ("", vec![]),
        ] {
            assert_eq!(rows(text), expected, "{text:?}");
        }
    }

    #[test]
    fn each_cell_knows_its_line() {
        let records = read("a,b\n\n\"x\ny\",\"p\nq\"\nlast,z\n").unwrap();
        let lines: Vec<Vec<usize>> = records
            .iter()
            .map(|record| record.cells.iter().map(|cell| cell.line).collect())
            .collect();
        assert_eq!(lines, [[1, 1], [3, 4], [6, 6]]);
        assert_eq!(records[1].line, 3);
    }

    #[test]
    fn a_forgotten_quote_is_named_where_it_stands() {
        for (text, line, message) in [
            ("a\nb\"c,d\n", 2, QUOTE_INSIDE),
            ("a,b\n\"c,d\ne,f\n", 2, NEVER_CLOSED),
            ("a,\"b\"c\n", 1, AFTER_QUOTE),
            ("a,b\rc,d\r", 1, LONE_RETURN),
        ] {
            assert_eq!(read(text), Err(BadCsv { line, message }), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_another_writer_writes_is_read_back(
            table in prop::collection::vec(prop::collection::vec("[a-c,\"\n\r é]{0,6}", 2..5), 0..6)
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            prop_assert_eq!(rows(&text), table);
        }
    }
}
