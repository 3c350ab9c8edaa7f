//! Sound out of nothing: noise through filters, and tones for the bell. Off until asked for; there is no file to load.

use web_sys::{
    AudioBuffer, AudioContext, AudioContextState, AudioNode, BiquadFilterType, GainNode, StereoPannerNode,
};

use crate::world::sounds::{Ambience, Footing, Lead, Step, Voice};

/// How fast what lasts follows where one goes, in seconds.
const EASE_S: f64 = 0.25;

/// How loud everything is at most.
const LOUD: f32 = 0.8;

/// Seconds of noise, played again and again.
const NOISE_S: f32 = 3.0;

/// What is heard, as long as it is kept.
pub struct Sound {
    context: AudioContext,
    out: GainNode,
    noise: AudioBuffer,
    wind: Lasting,
    traffic: Lasting,
    water: Lasting,
    market: Lasting,
}

/// A noise that lasts.
struct Lasting {
    gain: GainNode,
    pan: StereoPannerNode,
    loud: f32,
}

/// A way to colour noise.
struct Colour {
    kind: BiquadFilterType,
    hz: f32,
    q: f32,
    /// How fast the noise is played.
    rate: f32,
    loud: f32,
}

impl Sound {
    /// Begins to sound. None where the browser cannot. A browser lets a page sound only once its visitor has touched it.
    pub fn start() -> Option<Self> {
        let context = AudioContext::new().ok()?;
        let out = context.create_gain().ok()?;
        out.gain().set_value(LOUD);
        out.connect_with_audio_node(&context.destination()).ok()?;
        let noise = buffer(&context, |_| 1.0)?;
        // Five people who speak in syllables.
        let murmur = buffer(&context, |at_s| {
            (1..=5)
                .map(|voice| {
                    let syllables = 2.3 + 0.37 * voice as f32;
                    let phrase = (at_s * 0.9 * voice as f32 + voice as f32).sin().max(0.0);
                    (at_s * syllables * std::f32::consts::PI).sin().powi(4) * phrase
                })
                .sum::<f32>()
                * 0.4
        })?;
        let _ = context.resume();
        let low = BiquadFilterType::Lowpass;
        let band = BiquadFilterType::Bandpass;
        let lasting = |noise: &AudioBuffer, kind, hz, q, rate, loud| {
            Lasting::new(
                &context,
                &out,
                noise,
                &Colour {
                    kind,
                    hz,
                    q,
                    rate,
                    loud,
                },
            )
        };
        Some(Self {
            wind: lasting(&noise, low, 260.0, 0.8, 0.5, 0.05)?,
            traffic: lasting(&noise, low, 140.0, 0.7, 0.7, 0.30)?,
            water: lasting(&noise, band, 1_500.0, 0.5, 1.0, 0.14)?,
            market: lasting(&murmur, band, 620.0, 1.3, 1.0, 0.34)?,
            noise,
            out,
            context,
        })
    }

    /// How loud everything is, 0 to 1.
    pub fn set_volume(&self, volume: f32) {
        self.out.gain().set_value(LOUD * volume);
    }

    /// What lasts is heard so from now on.
    pub fn surround(&self, ambience: &Ambience) {
        let now = self.context.current_time();
        self.wind.follow(ambience.wind, now);
        self.traffic.follow(ambience.traffic, now);
        self.water.follow(ambience.water, now);
        self.market.follow(ambience.market, now);
    }

    /// A foot comes down.
    pub fn step(&self, step: Step) {
        let (hz, lasts_s, loud) = match step.footing {
            Footing::Stone => (1_900.0, 0.07, 0.20),
            Footing::Grass => (620.0, 0.12, 0.24),
            Footing::Earth => (900.0, 0.10, 0.22),
            Footing::Wood => (340.0, 0.09, 0.42),
        };
        // Nothing is lost but a step.
        let _ = self.burst(hz, lasts_s, loud, step.voice);
    }

    /// A great bronze bell is struck once: a low tone that beats slowly, and higher ones that die away before it.
    pub fn strike(&self, voice: Voice) {
        /// Over the lowest: pitch, strength, and seconds until it is gone.
        const PARTIALS: [(f32, f32, f64); 6] = [
            (1.0, 0.50, 9.0),
            (1.006, 0.40, 9.0),
            (2.05, 0.30, 5.0),
            (2.93, 0.22, 3.5),
            (4.12, 0.14, 2.2),
            (5.41, 0.10, 1.4),
        ];
        const LOWEST_HZ: f32 = 96.0;
        for (pitch, strength, lasts_s) in PARTIALS {
            let _ = self.tone(LOWEST_HZ * pitch, strength * 0.5, lasts_s, voice);
        }
    }

    /// The tone that leads sounds once.
    pub fn lead(&self, lead: Lead) {
        let _ = self.tone(lead.hz, 0.22, 0.22, lead.voice);
    }

    /// Falls silent while nobody sees the page, and sounds again.
    pub fn pause(&self, paused: bool) {
        if paused == (self.context.state() == AudioContextState::Suspended) {
            return;
        }
        let _ = if paused {
            self.context.suspend()
        } else {
            self.context.resume()
        };
    }

    fn burst(&self, hz: f32, lasts_s: f64, loud: f32, voice: Voice) -> Option<()> {
        let source = self.context.create_buffer_source().ok()?;
        source.set_buffer(Some(&self.noise));
        let filter = self.context.create_biquad_filter().ok()?;
        filter.set_type(BiquadFilterType::Lowpass);
        filter.frequency().set_value(hz);
        source.connect_with_audio_node(&filter).ok()?;
        self.fade(&filter, loud, lasts_s, voice)?;
        // Elsewhere in the noise each time, so that no two steps are the same.
        let from = js_sys::Math::random() * f64::from(NOISE_S) * 0.9;
        source
            .start_with_when_and_grain_offset_and_grain_duration(0.0, from, lasts_s)
            .ok()
    }

    fn tone(&self, hz: f32, loud: f32, lasts_s: f64, voice: Voice) -> Option<()> {
        let tone = self.context.create_oscillator().ok()?;
        tone.frequency().set_value(hz);
        self.fade(&tone, loud, lasts_s, voice)?;
        tone.start().ok()?;
        tone.stop_with_when(self.context.current_time() + lasts_s).ok()
    }

    /// Lets a source be heard, and die away.
    fn fade(&self, source: &AudioNode, loud: f32, lasts_s: f64, voice: Voice) -> Option<()> {
        let now = self.context.current_time();
        let gain = self.context.create_gain().ok()?;
        gain.gain().set_value_at_time(loud * voice.gain, now).ok()?;
        gain.gain().set_target_at_time(0.0, now, lasts_s / 4.0).ok()?;
        let pan = self.context.create_stereo_panner().ok()?;
        pan.pan().set_value(voice.pan);
        source.connect_with_audio_node(&gain).ok()?;
        gain.connect_with_audio_node(&pan).ok()?;
        pan.connect_with_audio_node(&self.out).ok()?;
        Some(())
    }
}

impl Drop for Sound {
    fn drop(&mut self) {
        let _ = self.context.close();
    }
}

impl Lasting {
    fn new(context: &AudioContext, out: &GainNode, noise: &AudioBuffer, colour: &Colour) -> Option<Self> {
        let source = context.create_buffer_source().ok()?;
        source.set_buffer(Some(noise));
        source.set_loop(true);
        source.playback_rate().set_value(colour.rate);
        let filter = context.create_biquad_filter().ok()?;
        filter.set_type(colour.kind);
        filter.frequency().set_value(colour.hz);
        filter.q().set_value(colour.q);
        let gain = context.create_gain().ok()?;
        gain.gain().set_value(0.0);
        let pan = context.create_stereo_panner().ok()?;
        source.connect_with_audio_node(&filter).ok()?;
        filter.connect_with_audio_node(&gain).ok()?;
        gain.connect_with_audio_node(&pan).ok()?;
        pan.connect_with_audio_node(out).ok()?;
        source.start().ok()?;
        Some(Self {
            gain,
            pan,
            loud: colour.loud,
        })
    }

    fn follow(&self, voice: Voice, now: f64) {
        let _ = self
            .gain
            .gain()
            .set_target_at_time(voice.gain * self.loud, now, EASE_S);
        let _ = self.pan.pan().set_target_at_time(voice.pan, now, EASE_S);
    }
}

/// Noise, as loud at each second as `envelope` says.
fn buffer(context: &AudioContext, envelope: impl Fn(f32) -> f32) -> Option<AudioBuffer> {
    let rate = context.sample_rate();
    let mut state = 0x2545_F491_u32;
    let samples: Vec<f32> = (0..(rate * NOISE_S) as u32)
        .map(|at| {
            // Marsaglia's xorshift: even enough for the ear.
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            (state as f32 / u32::MAX as f32 * 2.0 - 1.0) * envelope(at as f32 / rate)
        })
        .collect();
    let buffer = context.create_buffer(1, samples.len() as u32, rate).ok()?;
    buffer.copy_to_channel(&samples, 0).ok()?;
    Some(buffer)
}
