//! The shader sources as the pipelines compile them: files joined so that none repeats another.

/// Name and source of every shader module.
pub const ALL: [(&str, &str); 7] = [
    ("backdrop", BACKDROP),
    ("city", CITY),
    ("figure", FIGURE),
    ("shadow_city", SHADOW_CITY),
    ("foot", FOOT),
    ("sky", SKY),
    ("spray", SPRAY),
];

/// Everything solid that does not walk.
pub const CITY: &str = concat!(
    include_str!("shaders/common.wgsl"),
    include_str!("shaders/light.wgsl"),
    include_str!("shaders/moved.wgsl"),
    include_str!("shaders/materials_ground.wgsl"),
    include_str!("shaders/materials_wall.wgsl"),
    include_str!("shaders/city.wgsl"),
);

/// Figures, and their shadows.
pub const FIGURE: &str = concat!(
    include_str!("shaders/common.wgsl"),
    include_str!("shaders/light.wgsl"),
    include_str!("shaders/figure.wgsl"),
);

/// The city's shadow.
pub const SHADOW_CITY: &str = concat!(
    include_str!("shaders/common.wgsl"),
    include_str!("shaders/moved.wgsl"),
    include_str!("shaders/shadow_city.wgsl"),
);

/// The kept picture of the city.
pub const BACKDROP: &str = include_str!("shaders/backdrop.wgsl");

/// Soft shadows at figures' feet.
pub const FOOT: &str = concat!(
    include_str!("shaders/common.wgsl"),
    include_str!("shaders/light.wgsl"),
    include_str!("shaders/foot.wgsl"),
);

/// The sky.
pub const SKY: &str = concat!(
    include_str!("shaders/common.wgsl"),
    include_str!("shaders/sky.wgsl")
);

/// What shines through: water jets and the glow of lamps.
pub const SPRAY: &str = concat!(
    include_str!("shaders/common.wgsl"),
    include_str!("shaders/light.wgsl"),
    include_str!("shaders/spray.wgsl")
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shader_is_valid() {
        for (name, source) in ALL {
            let module = naga::front::wgsl::parse_str(source)
                .unwrap_or_else(|error| panic!("{name}: {}", error.emit_to_string(source)));
            let flags = naga::valid::ValidationFlags::all();
            naga::valid::Validator::new(flags, naga::valid::Capabilities::empty())
                .validate(&module)
                .unwrap_or_else(|error| panic!("{name}: {}", error.emit_to_string(source)));
        }
    }
}
