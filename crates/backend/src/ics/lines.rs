//! Content lines as RFC 5545 wants them, escaped and quoted by `icalendar`. Its components are
//! not used, since they put a `DTSTAMP` of now and a random `UID` into whatever has none, a
//! time zone too; and its folds are not kept, since the last one may be a byte too long.

use anyhow::Error;
use icalendar::Property;

/// How many bytes a line has at most, its end aside.
const LONGEST: usize = 75;
/// What `icalendar` breaks a line with.
const FOLD: &str = "\r\n ";

/// A calendar that is being written.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// Begins a component.
    pub fn begin(&mut self, component: &str) {
        self.0.push_str(&format!("BEGIN:{component}\r\n"));
    }

    /// Ends a component.
    pub fn end(&mut self, component: &str) {
        self.0.push_str(&format!("END:{component}\r\n"));
    }

    /// Ends the last component, and with it the text.
    pub fn finish(mut self, component: &str) -> String {
        self.end(component);
        self.0
    }

    /// A property whose value is no text of anybody's, or an address.
    pub fn plain(&mut self, name: &str, value: &str) -> Result<(), Error> {
        self.with(name, &[], value)
    }

    /// A property whose value is text.
    pub fn text(&mut self, name: &str, value: &str) -> Result<(), Error> {
        // Newer names are not known to be text, and `X-` ones are text in any case.
        let kind: &[_] = match name {
            "NAME" => &[("VALUE", "TEXT")],
            _ => &[],
        };
        self.with(name, kind, value)
    }

    /// A property with parameters.
    pub fn with(
        &mut self,
        name: &str,
        parameters: &[(&str, &str)],
        value: &str,
    ) -> Result<(), Error> {
        let mut property = Property::new(name, tidy(value));
        for (name, value) in parameters {
            property.add_parameter(name, value);
        }
        let line: String = property.try_into()?;
        self.fold(line.replace(FOLD, "").trim_end_matches("\r\n"));
        Ok(())
    }

    /// Breaks a line where it gets too long, never within a character.
    fn fold(&mut self, line: &str) {
        let mut room = LONGEST;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.push_str(FOLD);
                room = LONGEST - 1;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text without what no content line may hold: control characters other than line breaks,
/// which are one character each.
fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = text
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    kept.collect()
}
