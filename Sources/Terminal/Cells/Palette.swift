/// The palette of 256 colours as xterm defines it, for finding the nearest one to a colour that a terminal lacks.
enum Palette {
    private static let steps = [0, 95, 135, 175, 215, 255]
    private static let ansi: [(red: Int, green: Int, blue: Int)] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
        (255, 255, 255),
    ]

    static func components(of index: UInt8) -> (red: Int, green: Int, blue: Int) {
        let index = Int(index)
        if index < 16 { return ansi[index] }
        if index >= 232 {
            let grey = 8 + 10 * (index - 232)
            return (grey, grey, grey)
        }
        let cube = index - 16
        return (steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
    }

    /// The nearest of the cube and the greys; the first 16 are left out, as every terminal theme changes them.
    static func nearestOf256(red: Int, green: Int, blue: Int) -> UInt8 {
        nearest(in: 16...255, red: red, green: green, blue: blue)
    }

    static func nearestOf16(red: Int, green: Int, blue: Int) -> UInt8 {
        nearest(in: 0...15, red: red, green: green, blue: blue)
    }

    private static func nearest(in range: ClosedRange<UInt8>, red: Int, green: Int, blue: Int) -> UInt8 {
        var best = (index: range.lowerBound, distance: Int.max)
        for index in range {
            let other = components(of: index)
            let (r, g, b) = (red - other.red, green - other.green, blue - other.blue)
            let distance = r * r + g * g + b * b
            if distance < best.distance { best = (index, distance) }
        }
        return best.index
    }
}
