//! What the documents are made with, read once when the backend starts.

use std::path::{Path, PathBuf};

use documents::{Fonts, Logo, RenderContext};

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
    /// Reads what every document is typeset with, at the start, so that an unusable file is
    /// reported then and not when the first customer wants an invoice.
    ///
    /// # Errors
    /// [`SettingsError`] if the colour is malformed, or a file is missing or cannot be used.
    pub fn render_context(&self) -> Result<RenderContext, SettingsError> {
        self.read_render_context()
            .map_err(|error| error.in_file(self.file.as_deref()))
    }

    fn read_render_context(&self) -> Result<RenderContext, SettingsError> {
        let portal = &self.portal;
        let brand = Brand::parse(&portal.brand)
            .map_err(|e| SettingsError::one(format!("portal.brand: {e}")))?;
        let tag = portal.locales.first().map_or("en", String::as_str);
        let logo = self.documents.logo.as_deref();
        let support = &portal.support;
        let reach = [&support.email, &support.phone, &support.url];
        let around = RenderContext {
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
            documents::check_render(&around).map_err(|e| {
                SettingsError::one(format!("documents.logo: {}: {e}", path.display()))
            })?;
        }
        Ok(around)
    }

    /// What of the settings goes on documents and no font of theirs can write, each with its
    /// key: it becomes boxes there.
    pub fn unwritable(&self, fonts: &Fonts) -> Vec<String> {
        let portal = &self.portal;
        let seller = &portal.seller;
        let mut texts = vec![
            ("portal.name", &portal.name),
            ("portal.seller.name", &seller.name),
        ];
        texts.extend(seller.address.iter().map(|l| ("portal.seller.address", l)));
        let single = [
            ("portal.seller.tax_number", &seller.tax_number),
            ("portal.seller.email", &seller.email),
            ("portal.seller.phone", &seller.phone),
            ("portal.support.email", &portal.support.email),
            ("portal.support.phone", &portal.support.phone),
            ("portal.support.url", &portal.support.url),
        ];
        texts.extend(
            single
                .into_iter()
                .filter_map(|(key, text)| Some((key, text.as_ref()?))),
        );
        for method in &self.methods {
            texts.extend(method.label.iter().map(|label| ("methods.label", label)));
            texts.extend(method.options.iter().map(|o| ("methods.options", &o.label)));
            for detail in &method.instructions {
                texts.push(("methods.instructions", &detail.label));
                texts.push(("methods.instructions", &detail.value));
            }
        }
        let mut warnings: Vec<String> = texts
            .into_iter()
            .filter(|(_, text)| !fonts.unwritable(text).is_empty())
            .map(|(key, text)| {
                format!(
                    "{key}: no font of the documents can write \"{text}\", which becomes boxes \
                     there; name a font that can in documents.fonts"
                )
            })
            .collect();
        warnings.dedup();
        warnings
    }

    /// The fonts of the documents.
    ///
    /// # Errors
    /// [`SettingsError`] if a file cannot be read or is no font.
    pub fn fonts(&self) -> Result<Fonts, SettingsError> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_font_can_write_is_told_with_its_key() {
        let mut settings = Settings::for_loopback(8080, Path::new("dist"), Path::new("portal.db"));
        let fonts = settings.fonts().unwrap();
        assert!(settings.unwritable(&fonts).is_empty());
        settings.portal.seller.name = "عيادة المرفأ".to_owned();
        settings.portal.seller.address = vec!["1 Quay Street".to_owned(), "東京".to_owned()];
        let told = settings.unwritable(&fonts);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(
            told[0].starts_with("portal.seller.name: no font"),
            "{told:?}"
        );
        assert!(told[1].contains("\"東京\""), "{told:?}");
    }
}
