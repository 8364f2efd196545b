//! The bell: a soft sound where somebody must come, on this device alone, once its adult has agreed to it by a press
//! (`S8`, `N1`).

use gloo_timers::callback::Interval;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::AudioContext;

use crate::parts::Shape;
use crate::words::{Reader, safeguarding};

/// It rings again after so long while nobody has come.
const AGAIN_MS: u32 = 15_000;

/// Rings softly while somebody must come and has allowed it: browsers' autoplay policy asks for a user gesture first.
/// `sentence` says for what it rings.
pub(crate) fn bell(r: Reader, ring: Memo<bool>, sentence: &'static str) -> impl IntoView {
    let allowed = RwSignal::new(false);
    Effect::new(move |_| {
        if ring.get() && allowed.get() {
            // Without sound the words on the screen remain.
            let _ = chime();
        }
    });
    Effect::new(move |_| {
        Interval::new(AGAIN_MS, move || {
            if ring.get_untracked() && allowed.get_untracked() {
                let _ = chime();
            }
        })
        .forget();
    });
    view! {
        <button
            class="button quiet bell"
            type="button"
            aria-pressed=move || if allowed.get() { "true" } else { "false" }
            on:click=move |_| allowed.update(|allowed| *allowed = !*allowed)
        >
            <Shape name="message"/>
            {move || if allowed.get() { safeguarding::sound_on(r) } else { safeguarding::sound_off(r) }}
        </button>
        <p role="status" class="ring">
            {move || ring.get().then(|| view! { <b><Shape name="safety"/>{sentence}</b> })}
        </p>
    }
}

/// Two soft tones (Web Audio oscillators).
fn chime() -> Result<(), JsValue> {
    let context = AudioContext::new()?;
    for (place, pitch) in [(0.0, 523.25_f32), (0.35, 659.25)] {
        let (tone, volume) = (context.create_oscillator()?, context.create_gain()?);
        tone.frequency().set_value(pitch);
        let at = context.current_time() + place;
        volume.gain().set_value_at_time(0.0001, at)?;
        volume.gain().exponential_ramp_to_value_at_time(0.2, at + 0.05)?;
        volume.gain().exponential_ramp_to_value_at_time(0.0001, at + 0.6)?;
        tone.connect_with_audio_node(&volume)?;
        volume.connect_with_audio_node(&context.destination())?;
        tone.start_with_when(at)?;
        tone.stop_with_when(at + 0.7)?;
    }
    Ok(())
}
