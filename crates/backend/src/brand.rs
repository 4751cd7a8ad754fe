//! The provider's one colour, made into tokens that can always be read.
//!
//! Hue and chroma stay the provider's as far as a screen can show them; only
//! the lightness is moved, and only as far as contrast asks for (WCAG 1.4.3:
//! text 4.5 to 1; controls, which need 3 to 1, have the same colour). The
//! contrast is checked on the eight-bit colours that are sent, not on what
//! they were rounded from.

// Colours are reckoned with floats; no money comes near this file.
#![allow(clippy::float_arithmetic)]

use std::fmt;

use palette::color_difference::Wcag21RelativeContrast;
use palette::convert::IntoColorUnclamped;
use palette::{IsWithinBounds, Oklch, Srgb};

/// What text has to reach against what it stands on.
const TEXT: f32 = 4.5;

/// What the brand colour may stand on; the same surfaces as in `style/tokens.css`:
/// canvas, surface and sunken, each as lightness, chroma and hue.
const LIGHT_SURFACES: [(f32, f32, f32); 3] = [
    (0.982, 0.003, 250.0),
    (1.0, 0.0, 0.0),
    (0.964, 0.004, 250.0),
];
const DARK_SURFACES: [(f32, f32, f32); 3] = [
    (0.175, 0.012, 260.0),
    (0.215, 0.014, 260.0),
    (0.255, 0.015, 260.0),
];

/// A provider's colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Brand {
    colour: Srgb<u8>,
}

/// A text that is no colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadColour(String);

impl fmt::Display for BadColour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a colour such as #1d5fbf", self.0)
    }
}

impl std::error::Error for BadColour {}

/// The three tokens in one scheme.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Scheme {
    brand: Srgb<u8>,
    on_brand: Srgb<u8>,
    brand_soft: Srgb<u8>,
}

impl Brand {
    /// Parses `#rrggbb` or `#rgb`.
    ///
    /// # Errors
    /// [`BadColour`] if the text is not `#` and three or six hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, BadColour> {
        let bad = || BadColour(text.to_owned());
        let digits = text.strip_prefix('#').ok_or_else(bad)?;
        let plain = digits.bytes().all(|b| b.is_ascii_hexdigit());
        if !plain || !matches!(digits.len(), 3 | 6) {
            return Err(bad());
        }
        let colour = digits.parse().map_err(|_| bad())?;
        Ok(Self { colour })
    }

    /// The style sheet with the tokens, light and dark.
    pub fn css(self) -> String {
        let (light, dark) = (self.light(), self.dark());
        let token = |name: &str, light: Srgb<u8>, dark: Srgb<u8>| {
            format!("--{name}:light-dark(#{light:x},#{dark:x});")
        };
        format!(
            ":root{{{}{}{}}}\n",
            token("brand", light.brand, dark.brand),
            token("on-brand", light.on_brand, dark.on_brand),
            token("brand-soft", light.brand_soft, dark.brand_soft),
        )
    }

    /// The colour as it can be read on white paper, as `#rrggbb`.
    pub fn on_paper(self) -> String {
        format!("#{:x}", self.light().brand)
    }

    fn light(self) -> Scheme {
        let own = self.oklch();
        let brand_soft = to_srgb(0.96, own.chroma.min(0.025), own);
        let grounds = surfaces(&LIGHT_SURFACES, brand_soft);
        let brand = first_readable(own, &grounds, darker(own.l));
        Scheme {
            brand,
            // Whatever reads on white is read in white.
            on_brand: Srgb::new(255, 255, 255),
            brand_soft,
        }
    }

    fn dark(self) -> Scheme {
        let own = self.oklch();
        let brand_soft = to_srgb(0.29, own.chroma.min(0.05), own);
        let grounds = surfaces(&DARK_SURFACES, brand_soft);
        // A colour that glows on a dark ground tires the eye.
        let calm = Oklch::new(own.l, own.chroma.min(0.14), own.hue);
        let brand = first_readable(calm, &grounds, lighter(own.l.max(0.7)));
        let on_brand = first_readable(
            Oklch::new(0.2, own.chroma.min(0.04), own.hue),
            &[brand],
            darker(0.2),
        );
        Scheme {
            brand,
            on_brand,
            brand_soft,
        }
    }

    fn oklch(self) -> Oklch {
        let colour: Srgb<f32> = self.colour.into_format();
        colour.into_linear().into_color_unclamped()
    }
}

fn surfaces(fixed: &[(f32, f32, f32)], soft: Srgb<u8>) -> Vec<Srgb<u8>> {
    fixed
        .iter()
        .map(|&(l, chroma, hue)| to_srgb(l, chroma, Oklch::new(l, chroma, hue)))
        .chain([soft])
        .collect()
}

/// From a lightness down to black in steps that no eye sees.
fn darker(from: f32) -> impl Iterator<Item = f32> {
    (0_u8..=200).map(move |step| from * (1.0 - f32::from(step) / 200.0))
}

/// From a lightness up to white in steps that no eye sees.
fn lighter(from: f32) -> impl Iterator<Item = f32> {
    (0_u8..=200).map(move |step| from + (1.0 - from) * f32::from(step) / 200.0)
}

/// The colour at the first lightness at which it reads on every ground; the
/// last, black or white, where none does.
fn first_readable(
    own: Oklch,
    grounds: &[Srgb<u8>],
    lightness: impl Iterator<Item = f32>,
) -> Srgb<u8> {
    let mut last = self::to_srgb(own.l, own.chroma, own);
    for l in lightness {
        last = to_srgb(l, own.chroma, own);
        if grounds.iter().all(|ground| contrast(last, *ground) >= TEXT) {
            break;
        }
    }
    last
}

/// The colour as a screen can show it: where it cannot, the chroma gives way, not
/// the hue.
fn to_srgb(l: f32, chroma: f32, own: Oklch) -> Srgb<u8> {
    let at = |part: f32| -> Srgb<f32> {
        let linear: palette::LinSrgb = Oklch::new(l, chroma * part, own.hue).into_color_unclamped();
        Srgb::from_linear(linear)
    };
    let full = at(1.0);
    if full.is_within_bounds() {
        return full.into_format();
    }
    let (mut fits, mut too_much) = (0.0_f32, 1.0_f32);
    for _ in 0..12 {
        let part = f32::midpoint(fits, too_much);
        if at(part).is_within_bounds() {
            fits = part;
        } else {
            too_much = part;
        }
    }
    at(fits).into_format()
}

fn contrast(a: Srgb<u8>, b: Srgb<u8>) -> f32 {
    let (a, b): (Srgb<f32>, Srgb<f32>) = (a.into_format(), b.into_format());
    a.relative_contrast(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn readable(scheme: Scheme, surfaces_of: &[(f32, f32, f32)]) {
        for ground in surfaces(surfaces_of, scheme.brand_soft) {
            let found = contrast(scheme.brand, ground);
            assert!(found >= TEXT, "{:x} on {ground:x}: {found}", scheme.brand);
        }
        let found = contrast(scheme.on_brand, scheme.brand);
        assert!(
            found >= TEXT,
            "{:x} on {:x}: {found}",
            scheme.on_brand,
            scheme.brand
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn every_colour_becomes_one_that_can_be_read(r: u8, g: u8, b: u8) {
            let brand = Brand { colour: Srgb::new(r, g, b) };
            readable(brand.light(), &LIGHT_SURFACES);
            readable(brand.dark(), &DARK_SURFACES);
        }
    }

    #[test]
    fn the_colours_that_are_hardest_to_read_are_mended() {
        for colour in [
            "#ffffff", "#000000", "#ffff00", "#00ffff", "#808080", "#00f",
        ] {
            let brand = Brand::parse(colour).unwrap();
            readable(brand.light(), &LIGHT_SURFACES);
            readable(brand.dark(), &DARK_SURFACES);
        }
    }

    #[test]
    fn a_colour_that_reads_already_stays_as_it_is() {
        let brand = Brand::parse("#1d5fbf").unwrap();
        assert_eq!(format!("{:x}", brand.light().brand), "1d5fbf");
    }

    #[test]
    fn the_hue_stays_the_providers() {
        for colour in ["#e91e63", "#ffc107", "#4caf50", "#3f51b5"] {
            let brand = Brand::parse(colour).unwrap();
            let own = brand.oklch().hue.into_positive_degrees();
            for scheme in [brand.light(), brand.dark()] {
                let made = Brand {
                    colour: scheme.brand,
                };
                let moved = (made.oklch().hue.into_positive_degrees() - own).abs();
                assert!(moved.min(360.0 - moved) < 3.0, "{colour} moved by {moved}");
            }
        }
    }

    #[test]
    fn only_a_colour_is_a_colour() {
        for bad in [
            "",
            "blue",
            "1d5fbf",
            "#1d5fb",
            "#1d5fbg",
            "#1d5fbf;}",
            "#1d5fbfff",
        ] {
            assert_eq!(Brand::parse(bad), Err(BadColour(bad.to_owned())), "{bad}");
        }
    }

    #[test]
    fn the_surfaces_are_those_of_the_style() {
        let tokens = include_str!("../../../style/tokens.css");
        let written = |(l, chroma, hue): (f32, f32, f32)| match chroma {
            0.0 => "#fff".to_owned(),
            _ => format!("oklch({}% {chroma} {hue})", (l * 1000.0).round() / 10.0),
        };
        let pairs = LIGHT_SURFACES.iter().zip(DARK_SURFACES);
        for (name, (light, dark)) in ["canvas", "surface", "sunken"].iter().zip(pairs) {
            let line = format!(
                "--{name}: light-dark({}, {});",
                written(*light),
                written(dark)
            );
            assert!(tokens.contains(&line), "tokens.css does not say {line}");
        }
    }

    #[test]
    fn the_style_sheet_has_both_schemes() {
        let css = Brand::parse("#1d5fbf").unwrap().css();
        assert!(
            css.starts_with(":root{--brand:light-dark(#1d5fbf,#"),
            "{css}"
        );
        for token in [
            "--on-brand:light-dark(#ffffff,#",
            "--brand-soft:light-dark(#",
        ] {
            assert!(css.contains(token), "{css}");
        }
    }
}
