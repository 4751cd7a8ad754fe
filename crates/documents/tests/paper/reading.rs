//! Reading a document back: its text, and how it is tagged.

use lopdf::{Dictionary, Document, Object};

/// A PDF that has been read.
pub struct Paper {
    pages: Vec<String>,
    document: Document,
}

impl Paper {
    pub fn read(bytes: &[u8]) -> Self {
        Self {
            pages: pdf_extract::extract_text_from_mem_by_pages(bytes).unwrap(),
            document: Document::load_mem(bytes).unwrap(),
        }
    }

    pub fn pages(&self) -> usize {
        self.document.get_pages().len()
    }

    /// Fails unless the text stands somewhere. Where the blanks are is the reader's guess.
    pub fn says(&self, text: &str) {
        let all = self.pages.concat();
        assert!(
            without_blanks(&all).contains(&without_blanks(text)),
            "no `{text}` in:\n{all}"
        );
    }

    pub fn says_not(&self, text: &str) {
        let all = self.pages.concat();
        assert!(
            !without_blanks(&all).contains(&without_blanks(text)),
            "`{text}` in:\n{all}"
        );
    }

    /// How often the text stands on a page, counted from 1.
    pub fn times_on(&self, page: usize, text: &str) -> usize {
        without_blanks(&self.pages[page - 1])
            .matches(&without_blanks(text))
            .count()
    }

    /// Fails unless the texts come in this order.
    pub fn says_in_order(&self, texts: &[&str]) {
        let all = without_blanks(&self.pages.concat());
        let mut from = 0;
        for text in texts {
            let at = all[from..].find(&without_blanks(text));
            from += at.unwrap_or_else(|| panic!("no `{text}` after {} of:\n{all}", &all[..from]));
        }
    }

    pub fn catalog(&self) -> &Dictionary {
        self.document.catalog().unwrap()
    }

    pub fn language(&self) -> String {
        text(self.catalog().get(b"Lang").unwrap())
    }

    /// What a reader shows as the window's title.
    pub fn title(&self) -> String {
        let about = self.document.trailer.get(b"Info").unwrap();
        let about = self.resolved(about).as_dict().unwrap();
        text(self.resolved(about.get(b"Title").unwrap()))
    }

    /// The XMP packet.
    pub fn metadata(&self) -> String {
        let packet = self.resolved(self.catalog().get(b"Metadata").unwrap());
        let packet = packet.as_stream().unwrap();
        let plain = packet.decompressed_content();
        String::from_utf8(plain.unwrap_or_else(|_| packet.content.clone())).unwrap()
    }

    /// The names of all tags, in reading order.
    pub fn tags(&self) -> Vec<String> {
        let root = self.resolved(self.catalog().get(b"StructTreeRoot").unwrap());
        let mut tags = Vec::new();
        self.gather(root, &mut tags);
        tags
    }

    pub fn count(&self, tag: &str) -> usize {
        self.tags().iter().filter(|found| *found == tag).count()
    }

    fn gather(&self, node: &Object, tags: &mut Vec<String>) {
        match self.resolved(node) {
            Object::Array(kids) => kids.iter().for_each(|kid| self.gather(kid, tags)),
            Object::Dictionary(element) => {
                if let Ok(name) = element.get(b"S").and_then(Object::as_name) {
                    tags.push(String::from_utf8_lossy(name).into_owned());
                }
                if let Ok(kids) = element.get(b"K") {
                    self.gather(kids, tags);
                }
            }
            _ => {}
        }
    }

    fn resolved<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.document.dereference(object).unwrap().1
    }
}

fn text(object: &Object) -> String {
    lopdf::decode_text_string(object).unwrap()
}

/// Also without the marks that only tell where a word may break.
fn without_blanks(text: &str) -> String {
    let keeps = |c: &char| !c.is_whitespace() && *c != '\u{200b}' && *c != '\u{ad}';
    text.chars().filter(keeps).collect()
}
