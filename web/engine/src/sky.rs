//! Light out of hour, day and place: where the sun stands, and what colours the sky, the haze and the lamps have.

use glam::{Vec3, vec3};
use shared::stage::Weather;

/// The light of one moment. Colours are linear; 1 is a white wall in soft daylight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Light {
    /// Towards the sun.
    pub sun: Vec3,
    /// Towards what casts shadows: the sun, or the moon when it is down.
    pub towards: Vec3,
    /// Colour of that light.
    pub direct: Vec3,
    /// The sky overhead.
    pub zenith: Vec3,
    /// The sky at the horizon, and the haze.
    pub horizon: Vec3,
    /// What is added around the sun.
    pub halo: Vec3,
    /// Light from above on a shaded face.
    pub ambient: Vec3,
    /// Light from the ground.
    pub bounce: Vec3,
    /// 0 by day, 1 by night: the stars.
    pub night: f32,
    /// How bright lamps and windows are, 0 to 1.
    pub lamps: f32,
    /// What everything is multiplied with before the tone curve.
    pub exposure: f32,
    /// How much of what is seen a metre of air takes.
    pub haze: f32,
    /// Share of the sky behind clouds, beyond a fine day's.
    pub cover: f32,
}

/// On a fine day haze takes half of what is seen about every 1.6 km.
const CLEAR_HAZE: f32 = 1.0 / 2_300.0;

/// What a weather makes of a fine day's light.
struct Veil {
    /// Share of the sun that comes through, by colour.
    sun: Vec3,
    /// The sky behind it, as a share of the horizon's brightness by colour, and how much of that shows.
    sky: Vec3,
    hides: f32,
    /// How bright the light from above is, beside a fine day's.
    above: f32,
    haze: f32,
    cover: f32,
}

fn veil(weather: Weather) -> Option<Veil> {
    let grey = |sun: f32, sky: f32, above: f32, haze_m: f32| Veil {
        sun: Vec3::splat(sun),
        sky: Vec3::splat(sky) * vec3(0.97, 1.0, 1.04),
        hides: 0.92,
        above,
        haze: 1.0 / haze_m,
        cover: 1.0,
    };
    match weather {
        Weather::Clear => None,
        Weather::Cloudy => Some(grey(0.16, 0.98, 1.45, 1_500.0)),
        Weather::Rain => Some(grey(0.05, 0.70, 1.18, 800.0)),
        Weather::Snow => Some(grey(0.10, 1.02, 1.50, 420.0)),
        Weather::Dust => Some(Veil {
            sun: vec3(0.52, 0.42, 0.24),
            sky: vec3(0.98, 0.80, 0.50),
            hides: 0.86,
            above: 1.20,
            haze: 1.0 / 380.0,
            cover: 0.25,
        }),
    }
}

impl Light {
    /// The same moment under a roof: even light from the ceiling, at any hour; what the hour is like comes in by windows.
    #[must_use]
    pub fn indoors(self) -> Self {
        Self {
            ambient: vec3(1.20, 1.16, 1.10),
            bounce: vec3(0.98, 0.92, 0.84),
            lamps: 0.45,
            exposure: 0.64,
            haze: 0.0,
            ..self
        }
    }

    /// The same moment in another weather.
    #[must_use]
    pub fn under(self, weather: Weather) -> Self {
        let Some(veil) = veil(weather) else { return self };
        let bright = self.horizon.dot(vec3(0.25, 0.60, 0.15));
        // By night the clouds keep something of its blue.
        let own = self.horizon / bright.max(1e-4);
        let sky = veil.sky * bright * Vec3::ONE.lerp(own, 0.5 * self.night);
        // Even light from all sides takes the colour of the sky.
        let hue = veil.sky / veil.sky.max_element();
        Self {
            direct: self.direct * veil.sun,
            zenith: self.zenith.lerp(sky * 0.86, veil.hides),
            horizon: self.horizon.lerp(sky, veil.hides),
            halo: self.halo * (1.0 - veil.hides),
            ambient: self
                .ambient
                .lerp(Vec3::splat(self.ambient.element_sum() / 3.0) * hue, 0.7)
                * veil.above,
            bounce: self.bounce * (0.55 + 0.45 * veil.sun),
            haze: veil.haze,
            cover: veil.cover,
            ..self
        }
    }
}

/// Height and direction of the sun as a unit vector (x east, y up, z south). `hour` is the city's clock, `offset_h` its
/// hours east of UTC. Declination after Cooper (1969), good to a degree.
pub fn sun(hour: f32, day: f32, [lat, lon]: [f64; 2], offset_h: f32) -> Vec3 {
    let declination = 23.45_f32.to_radians() * (std::f32::consts::TAU * (284.0 + day) / 365.25).sin();
    let solar_hour = hour + lon as f32 / 15.0 - offset_h;
    let angle = ((solar_hour - 12.0) * 15.0).to_radians();
    let (sin_lat, cos_lat) = (lat as f32).to_radians().sin_cos();
    let (sin_dec, cos_dec) = declination.sin_cos();
    vec3(
        -angle.sin() * cos_dec,
        sin_lat * sin_dec + cos_lat * cos_dec * angle.cos(),
        sin_lat * cos_dec * angle.cos() - cos_lat * sin_dec,
    )
}

fn ramp(from: f32, to: f32, x: f32) -> f32 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// The light when the sun stands at `sun`.
pub fn light(sun: Vec3) -> Light {
    let height = sun.y.clamp(-1.0, 1.0).asin().to_degrees();
    // Four skies: night, the blue hour, the golden hour, day.
    let blue = ramp(-14.0, -4.0, height);
    let gold = ramp(-7.0, 4.0, height);
    let day = ramp(2.0, 20.0, height);
    let sky = |night: Vec3, dusk: Vec3, golden: Vec3, noon: Vec3| {
        night.lerp(dusk, blue).lerp(golden, gold).lerp(noon, day)
    };
    let zenith = sky(
        vec3(0.010, 0.021, 0.058),
        vec3(0.035, 0.085, 0.26),
        vec3(0.19, 0.30, 0.56),
        vec3(0.13, 0.37, 0.90),
    );
    let horizon = sky(
        vec3(0.034, 0.048, 0.092),
        vec3(0.24, 0.21, 0.34),
        vec3(1.14, 0.72, 0.44),
        vec3(0.98, 1.10, 1.20),
    );
    let halo = sky(
        Vec3::ZERO,
        vec3(0.5, 0.18, 0.06),
        vec3(2.1, 0.86, 0.28),
        vec3(0.5, 0.42, 0.30),
    );
    let warm = vec3(1.0, 0.53, 0.22).lerp(vec3(1.0, 0.92, 0.79), ramp(0.0, 28.0, height));
    let sunlight = warm * 2.6 * ramp(-1.5, 6.0, height);
    // The moon is no astronomy: it stands where it models the square well.
    let moon = vec3(-0.45, 0.75, 0.48).normalize();
    let moonlight = vec3(0.055, 0.085, 0.17) * (1.0 - ramp(-8.0, -1.0, height));
    let up = height > -1.5;
    let night = 1.0 - ramp(-5.0, 4.0, height);
    // What lies in shade sees the whole sky and sunlit walls across the street: blue, but far from ink.
    let above = zenith * 0.56 + horizon * 0.56;
    let grey = Vec3::splat(above.dot(vec3(0.3, 0.55, 0.15)));
    let ambient = above.lerp(grey, 0.38) * vec3(1.05, 1.0, 0.95) + vec3(0.020, 0.027, 0.042) * night;
    let direct = if up { sunlight } else { moonlight };
    let bounce = vec3(0.95, 0.86, 0.72) * (horizon * 0.19 + direct * 0.13 * sun.y.clamp(0.15, 1.0))
        + vec3(0.030, 0.020, 0.010) * night;
    Light {
        sun,
        towards: if up {
            vec3(sun.x, sun.y.max(0.06), sun.z).normalize()
        } else {
            moon
        },
        direct,
        zenith,
        horizon,
        halo,
        ambient,
        bounce,
        night,
        lamps: night,
        exposure: 0.56 + 0.72 * night,
        haze: CLEAR_HAZE,
        cover: 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEOUL: [f64; 2] = [37.5657, 126.9779];

    #[test]
    fn the_sun_of_seoul_stands_where_almanacs_say() {
        // Solar noon at the winter solstice: 90 - 37.57 - 23.44 = 29 degrees high, due south, at 12:30 by the clock.
        let noon = sun(12.53, 355.0, SEOUL, 9.0);
        assert!((noon.y.asin().to_degrees() - 29.0).abs() < 1.0, "{noon}");
        assert!(noon.z > 0.8 && noon.x.abs() < 0.03, "{noon}");
        // Mornings are in the east.
        assert!(sun(8.5, 100.0, SEOUL, 9.0).x > 0.5);
        assert!(sun(0.5, 100.0, SEOUL, 9.0).y < 0.0);
    }

    #[test]
    fn nothing_jumps_when_the_sun_sets() {
        let mut last = light(sun(16.0, 100.0, SEOUL, 9.0));
        for minute in 1..300 {
            let now = light(sun(16.0 + minute as f32 / 60.0, 100.0, SEOUL, 9.0));
            assert!(now.zenith.distance(last.zenith) < 0.02);
            assert!(now.horizon.distance(last.horizon) < 0.03);
            assert!((now.exposure - last.exposure).abs() < 0.03);
            last = now;
        }
    }

    #[test]
    fn clouds_take_the_sun_and_leave_the_day() {
        let noon = light(sun(12.0, 100.0, SEOUL, 9.0));
        assert_eq!(noon.under(Weather::Clear), noon);
        for weather in [Weather::Cloudy, Weather::Rain, Weather::Snow, Weather::Dust] {
            let under = noon.under(weather);
            assert!(under.direct.max_element() < noon.direct.max_element() * 0.6);
            assert!(under.ambient.element_sum() > noon.ambient.element_sum() * 0.8);
            assert!(under.haze > noon.haze);
        }
        let dust = noon.under(Weather::Dust).horizon;
        assert!(dust.x > dust.z * 1.4, "yellow: {dust}");
    }
}
