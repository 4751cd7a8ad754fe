//! Reads `text/event-stream` as the HTML standard describes it (9.2.6,
//! "Interpreting an event stream"). `EventSource` itself cannot send headers.

/// One event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerEvent {
    /// The last id that the server sent.
    pub id: String,
    /// What kind of event it is.
    pub event: String,
    /// Its data, lines joined by line feeds.
    pub data: String,
}

/// Takes bytes as they come and gives whole events back.
#[derive(Default)]
pub struct EventParser {
    line: Vec<u8>,
    after_return: bool,
    next: ServerEvent,
    has_data: bool,
}

impl EventParser {
    /// Takes the next bytes and returns the events that they complete. The bytes may end in the
    /// middle of a character.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<ServerEvent> {
        let mut events = Vec::new();
        for &byte in bytes {
            let ends_pair = byte == b'\n' && self.after_return;
            self.after_return = byte == b'\r';
            match byte {
                b'\n' if ends_pair => {}
                b'\n' | b'\r' => events.extend(self.end_line()),
                _ => self.line.push(byte),
            }
        }
        events
    }

    fn end_line(&mut self) -> Option<ServerEvent> {
        let line = String::from_utf8_lossy(&std::mem::take(&mut self.line)).into_owned();
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => {
                if self.has_data {
                    self.next.data.push('\n');
                }
                self.next.data.push_str(value);
                self.has_data = true;
            }
            "event" => self.next.event = value.to_owned(),
            "id" => self.next.id = value.to_owned(),
            // A comment, the reconnection time, or a field of a later standard.
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<ServerEvent> {
        let kept_id = self.next.id.clone();
        let whole = std::mem::replace(
            &mut self.next,
            ServerEvent {
                id: kept_id,
                ..ServerEvent::default()
            },
        );
        std::mem::take(&mut self.has_data).then_some(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(chunks: &[&[u8]]) -> Vec<(String, String, String)> {
        let mut parser = EventParser::default();
        let events = chunks.iter().flat_map(|chunk| parser.feed(chunk));
        events
            .map(|event| (event.id, event.event, event.data))
            .collect()
    }

    fn event(id: &str, kind: &str, data: &str) -> (String, String, String) {
        (id.to_owned(), kind.to_owned(), data.to_owned())
    }

    #[test]
    fn events_are_whole_however_the_bytes_are_cut() {
        let text = "id: 7\r\nevent: change\r\ndata: é\r\ndata:x\r\n\r\n: still here\n\ndata\n\n";
        let whole = vec![event("7", "change", "é\nx"), event("7", "", "")];
        assert_eq!(read(&[text.as_bytes()]), whole);
        let bytes: Vec<&[u8]> = text.as_bytes().chunks(1).collect();
        assert_eq!(read(&bytes), whole);
    }

    #[test]
    fn an_event_without_its_blank_line_is_not_told() {
        assert_eq!(read(&[b"data: half\n"]), vec![]);
    }
}
