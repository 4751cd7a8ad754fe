//! Content lines of RFC 5545, escaped and quoted by `icalendar`. Its components are not used,
//! because they add a `DTSTAMP` of now and a random `UID` to a component that has none, also to a
//! time zone. Its folds are not kept, because the last one may be a byte too long.

use anyhow::Error;
use icalendar::Property;

/// The most bytes of a line, without its end.
const LONGEST: usize = 75;
/// What `icalendar` folds a line with.
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

    /// Writes a property whose value is not text, such as a date or an address.
    ///
    /// # Errors
    /// [`Error`] if `icalendar` cannot write a property.
    pub fn plain(&mut self, name: &str, value: &str) -> Result<(), Error> {
        self.with(name, &[], value)
    }

    /// Writes a property whose value is text.
    ///
    /// # Errors
    /// [`Error`] if `icalendar` cannot write a property.
    pub fn text(&mut self, name: &str, value: &str) -> Result<(), Error> {
        // Newer names are not known to be text, and `X-` ones are text in any case.
        let kind: &[_] = match name {
            "NAME" => &[("VALUE", "TEXT")],
            _ => &[],
        };
        self.with(name, kind, value)
    }

    /// Writes a property with parameters.
    ///
    /// # Errors
    /// [`Error`] if `icalendar` cannot write a property.
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

    /// Folds a line that is too long, never within a character.
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

/// Removes what a content line may not contain: control characters other than tabs and line breaks,
/// which become one character each.
fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = text
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    kept.collect()
}
