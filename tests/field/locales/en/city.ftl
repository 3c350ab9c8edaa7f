city-name = Field
