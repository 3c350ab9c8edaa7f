//! The shader sources as the pipelines compile them: files joined so that none repeats another, without comments (`build.rs`).

macro_rules! shader {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name, ".wgsl"))
    };
}

/// Name and source of every shader module.
pub const ALL: [(&str, &str); 10] = [
    ("backdrop", BACKDROP),
    ("bloom", BLOOM),
    ("city", CITY),
    ("fall", FALL),
    ("far", FAR),
    ("figure", FIGURE),
    ("shadow_city", SHADOW_CITY),
    ("foot", FOOT),
    ("sky", SKY),
    ("spray", SPRAY),
];

/// Everything solid that does not walk.
pub const CITY: &str = concat!(
    shader!("common"),
    shader!("light"),
    shader!("moved"),
    shader!("materials_ground"),
    shader!("materials_wall"),
    shader!("city"),
);

/// Figures, and their shadows.
pub const FIGURE: &str = concat!(
    shader!("common"),
    shader!("light"),
    shader!("look"),
    shader!("figure"),
);

/// Figures far off.
pub const FAR: &str = concat!(
    shader!("common"),
    shader!("light"),
    shader!("look"),
    shader!("far"),
);

/// The city's shadow.
pub const SHADOW_CITY: &str = concat!(shader!("common"), shader!("moved"), shader!("shadow_city"),);

/// The kept picture of the city.
pub const BACKDROP: &str = shader!("backdrop");

/// What shines beyond its edges.
pub const BLOOM: &str = concat!(shader!("common"), shader!("bloom"));

/// Rain and snow.
pub const FALL: &str = concat!(shader!("common"), shader!("light"), shader!("fall"));

/// Soft shadows at figures' feet.
pub const FOOT: &str = concat!(shader!("common"), shader!("light"), shader!("foot"),);

/// The sky.
pub const SKY: &str = concat!(shader!("common"), shader!("sky"));

/// What shines through: water jets and the glow of lamps.
pub const SPRAY: &str = concat!(shader!("common"), shader!("light"), shader!("spray"));

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
