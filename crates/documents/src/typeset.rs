//! Sheets into PDF, by typst. The template is ours and fixed; the values come to it
//! as a file of data, so that no text of anyone's is read as markup. There is no
//! file system, no clock and no network in here.

use std::sync::LazyLock;

use api_types::Timestamp;
use typst::diag::{FileError, FileResult, SourceDiagnostic, SourceResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::fonts::Fonts;
use crate::render_context::Logo;
use crate::sheet::Sheet;
use crate::{Error, glyph_coverage};

/// The name under which the template finds the logo.
pub(crate) const LOGO: &str = "logo";
const SHEET: &str = "sheet.json";
const MAIN: &str = "document.typ";
const TEMPLATES: [(&str, &str); 3] = [
    (MAIN, include_str!("../templates/document.typ")),
    ("parts.typ", include_str!("../templates/parts.typ")),
    ("colours.typ", include_str!("../templates/colours.typ")),
];

/// After how many further documents typst forgets a step that none of them has used.
const REMEMBERED: usize = 4;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let read = |(name, text): (&str, &str)| Some(Source::new(file(name)?, text.to_owned()));
    TEMPLATES.into_iter().filter_map(read).collect()
});

fn file(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// Everything that typst can read: the template, one sheet, one logo, the fonts.
struct TypstWorld<'a> {
    main: FileId,
    sheet: Bytes,
    logo: Option<Bytes>,
    fonts: &'a Fonts,
}

impl World for TypstWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let found = SOURCES.iter().find(|source| source.id() == id);
        found.cloned().ok_or_else(|| absent(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = match id.get().vpath().get_without_slash() {
            SHEET => Some(&self.sheet),
            LOGO => self.logo.as_ref(),
            _ => None,
        };
        found.cloned().ok_or_else(|| absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}

/// The sheet as PDF. `at` is the instant that the values were true, and all that
/// the file knows of time: the same sheet gives the same bytes.
pub(crate) fn typeset(
    sheet: &Sheet,
    logo: Option<&Logo>,
    fonts: &Fonts,
    at: Timestamp,
) -> Result<Vec<u8>, Error> {
    let mut values = serde_json::to_value(sheet).map_err(|e| Error(e.to_string()))?;
    glyph_coverage::mend(&mut values, fonts);
    let world = TypstWorld {
        main: file(MAIN).ok_or_else(|| Error(format!("{MAIN} is no path")))?,
        sheet: Bytes::from_string(values.to_string()),
        logo: logo.map(|logo| Bytes::new(logo.0.clone())),
        fonts,
    };
    let document: PagedDocument = typst::compile(&world).output.map_err(error_of)?;
    let written = export(&document, &[PdfStandard::Ua_1], at)
        // A character that no font has is no reason to have no document: it is
        // tagged all the same, and only not promised to be PDF/UA.
        .or_else(|_| export(&document, &[], at));
    comemo::evict(REMEMBERED);
    written.map_err(error_of)
}

fn export(
    document: &PagedDocument,
    standards: &[PdfStandard],
    at: Timestamp,
) -> SourceResult<Vec<u8>> {
    let options = PdfOptions {
        creator: Smart::Custom(Some("Portico".to_owned())),
        timestamp: instant(at).map(typst_pdf::Timestamp::new_utc),
        // The two lists that are asked for are possible ones.
        standards: PdfStandards::new(standards).unwrap_or_default(),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options)
}

fn instant(at: Timestamp) -> Option<Datetime> {
    let at = at.instant().to_zoned(jiff::tz::TimeZone::UTC).datetime();
    let part = |part: i8| u8::try_from(part).ok();
    Datetime::from_ymd_hms(
        i32::from(at.year()),
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    )
}

fn error_of(faults: impl IntoIterator<Item = SourceDiagnostic>) -> Error {
    let faults: Vec<String> = faults
        .into_iter()
        .map(|fault| fault.message.into())
        .collect();
    Error(faults.join("; "))
}
