//! A QR code (ISO/IEC 18004), drawn by ourselves: an address that a phone's camera takes up.

use std::fmt::Write as _;

use leptos::prelude::*;
use qrcodegen::{QrCode as Code, QrCodeEcc};

/// The empty edge that readers ask for, in modules.
const QUIET_ZONE: u32 = 4;

/// A code as a drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Drawing {
    /// How many modules wide and high it is, with its edge.
    side: u32,
    /// The dark modules, as an SVG path of runs.
    path: String,
}

/// Draws a text; `None` only if it is longer than a code can hold.
fn draw(text: &str) -> Option<Drawing> {
    let code = Code::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = u32::try_from(code.size()).ok()?;
    let dark = |x: u32, y: u32| {
        let at = |n: u32| i32::try_from(n).unwrap_or(-1);
        // What is outside of it reads as light.
        code.get_module(at(x), at(y))
    };
    let mut path = String::new();
    for y in 0..side {
        let mut x = 0;
        while x < side {
            let run = (x..side).take_while(|x| dark(*x, y)).count();
            let run = u32::try_from(run).unwrap_or_default();
            if run > 0 {
                let (left, top) = (x + QUIET_ZONE, y + QUIET_ZONE);
                // Writing to a string cannot fail.
                let _ = write!(path, "M{left} {top}h{run}v1h-{run}z");
            }
            x += run.max(1);
        }
    }
    Some(Drawing {
        side: side + 2 * QUIET_ZONE,
        path,
    })
}

/// The code. It is dark on light whatever the page's colours are: many readers see no other.
#[component]
pub fn QrCode(
    /// What it says.
    #[prop(into)]
    text: Signal<String>,
    /// What it is for, to a screen reader.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let drawing = Memo::new(move |_| text.with(|text| draw(text)));
    move || {
        drawing.get().map(|drawing| {
            let side = drawing.side;
            view! {
                <svg
                    class="qr_code"
                    viewBox=format!("0 0 {side} {side}")
                    role="img"
                    aria-label=label.clone()
                >
                    <path d=drawing.path />
                </svg>
            }
        })
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    /// The modules that the path fills, by the rules of SVG for what is used of them here.
    fn filled_modules(drawing: &Drawing) -> Vec<bool> {
        let side = usize::try_from(drawing.side).unwrap();
        let mut dark = vec![false; side * side];
        for run in drawing.path.split('M').filter(|run| !run.is_empty()) {
            let (place, rest) = run.split_once('h').unwrap();
            let (x, y) = place.split_once(' ').unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
            assert_eq!(rest, format!("{length}v1h-{length}z"));
            dark[y * side + x..y * side + x + length].fill(true);
        }
        dark
    }

    /// What a reader of another make finds in it.
    fn read(drawing: &Drawing) -> String {
        const SCALE: usize = 4;
        let side = usize::try_from(drawing.side).unwrap();
        let dark = filled_modules(drawing);
        let grey = |x: usize, y: usize| {
            if dark[y / SCALE * side + x / SCALE] {
                0
            } else {
                255
            }
        };
        let mut picture =
            rqrr::PreparedImage::prepare_from_greyscale(side * SCALE, side * SCALE, grey);
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1, "there is one code");
        grids[0].decode().unwrap().1
    }

    #[test]
    fn another_reader_finds_what_was_written() {
        for text in [
            "HTTPS://PORTAL.EXAMPLE.COM/PAY/LAUNCH",
            "https://portal.example.com/pay/launch#q3JX-0_kzZb1w7mE2tVY9sLhQpR4uNcA6dFgKjHo8iM",
            &format!("https://example.com/{}", "a-long-path/".repeat(40)),
        ] {
            assert_eq!(read(&draw(text).unwrap()), text);
        }
    }

    #[test]
    fn the_edge_around_it_is_empty() {
        let drawing = draw("https://example.com").unwrap();
        let side = usize::try_from(drawing.side).unwrap();
        let edge = usize::try_from(QUIET_ZONE).unwrap();
        let inside = edge..side - edge;
        for (at, _) in filled_modules(&drawing)
            .iter()
            .enumerate()
            .filter(|(_, dark)| **dark)
        {
            assert!(inside.contains(&(at % side)) && inside.contains(&(at / side)));
        }
    }

    #[test]
    fn what_no_code_holds_is_not_drawn() {
        assert_eq!(draw(&"x".repeat(3000)), None);
    }
}
