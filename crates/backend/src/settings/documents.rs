//! What the documents are made with, read once when the backend starts.

use std::path::{Path, PathBuf};

use documents::{Fonts, Logo, Surroundings};

use super::{Settings, SettingsError};
use crate::brand::Brand;

/// What is on every document besides its words.
#[derive(Clone, Debug, Default)]
pub struct DocumentSettings {
    /// The provider's logo: SVG, PNG, JPEG, GIF or WebP. Without one the name stands there.
    pub logo: Option<PathBuf>,
    /// Fonts for scripts beyond Latin, Greek and Cyrillic: TrueType or OpenType.
    pub fonts: Vec<PathBuf>,
}

impl Settings {
    /// What is around every document. A file that cannot be used is told now, and
    /// not when the first customer wants an invoice.
    ///
    /// # Errors
    /// The colour is none, or a file is missing or cannot be used.
    pub fn surroundings(&self) -> Result<Surroundings, SettingsError> {
        self.read_surroundings()
            .map_err(|error| error.in_file(self.file.as_deref()))
    }

    fn read_surroundings(&self) -> Result<Surroundings, SettingsError> {
        let portal = &self.portal;
        let brand = Brand::parse(&portal.brand)
            .map_err(|e| SettingsError::one(format!("portal.brand: {e}")))?;
        let tag = portal.locales.first().map_or("en", String::as_str);
        let logo = self.documents.logo.as_deref();
        let support = &portal.support;
        let reach = [&support.email, &support.phone, &support.url];
        let around = Surroundings {
            provider: portal.name.clone(),
            brand: brand.on_paper(),
            logo: logo.map(|path| read("logo", path)).transpose()?.map(Logo),
            contact: reach.into_iter().flatten().cloned().collect(),
            tag: tag.to_owned(),
            zone: self.zone(),
            words: words::of_language(tag),
            fonts: self.fonts()?,
        };
        if let Some(path) = logo {
            documents::try_out(&around).map_err(|e| {
                SettingsError::one(format!("documents.logo: {}: {e}", path.display()))
            })?;
        }
        Ok(around)
    }

    fn fonts(&self) -> Result<Fonts, SettingsError> {
        let paths = &self.documents.fonts;
        if paths.is_empty() {
            return Ok(Fonts::default());
        }
        let files = paths.iter().map(|path| read("fonts", path));
        Fonts::with(files.collect::<Result<_, _>>()?).map_err(|bad| {
            let path = paths.get(bad.file).map(|path| path.display().to_string());
            let path = path.unwrap_or_default();
            SettingsError::one(format!("documents.fonts: {path}: {bad}"))
        })
    }
}

fn read(key: &str, path: &Path) -> Result<Vec<u8>, SettingsError> {
    std::fs::read(path)
        .map_err(|e| SettingsError::one(format!("documents.{key}: {}: {e}", path.display())))
}
