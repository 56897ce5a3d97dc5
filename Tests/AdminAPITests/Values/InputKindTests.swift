import Store
import Testing
import Warehouse

@testable import AdminAPI

/// How values are read from requests.
@Suite struct InputKindTests {
    /// The value that is read, or the type of the fault.
    private static func outcome<Value>(_ kind: InputKind<Value>, _ raw: RawInput) -> String {
        do {
            return "\(try kind.read(raw))"
        } catch {
            return error.type
        }
    }

    @Test(
        arguments: [
            (.text("5"), "5"), (.text("05"), "5"), (.text("0"), "0"), (.text("-1"), "greater_than_equal"),
            (.text("10"), "10"),
            (.text("11"), "less_than_equal"), (.text(""), "int_parsing"), (.text(" 5"), "int_parsing"),
            (.text("+5"), "int_parsing"), (.text("1_0"), "int_parsing"), (.text("0x1"), "int_parsing"),
            (.text("1.0"), "int_parsing"), (.text("٣"), "int_parsing"), (.text("-"), "int_parsing"),
            (.text("99999999999999999999"), "less_than_equal"), (.text("-99999999999999999999"), "greater_than_equal"),
            (.json(5), "5"), (.json(11), "less_than_equal"), (.json(.real(5.5)), "int_type"),
            (.json(.real(1e30)), "less_than_equal"), (.json(.real(-1e30)), "greater_than_equal"),
            (.json("5"), "int_type"),
            (.json(true), "int_type"), (.json(.null), "int_type"), (.json([5]), "int_type"),
        ] as [(RawInput, String)]
    )
    func `whole numbers`(raw: RawInput, expected: String) {
        #expect(Self.outcome(.integer(0...10), raw) == expected)
    }

    @Test(
        arguments: [
            (.text("0.5"), "0.5"), (.text("1"), "1.0"), (.text("1e-1"), "0.1"), (.text("-0.1"), "greater_than_equal"),
            (.text("1.1"), "less_than_equal"), (.text("nan"), "float_parsing"), (.text("inf"), "float_parsing"),
            (.text("0x1"), "float_parsing"), (.text(""), "float_parsing"), (.text("a"), "float_parsing"),
            (.json(1), "1.0"),
            (.json(.real(0.25)), "0.25"), (.json("0.5"), "float_type"), (.json(.null), "float_type"),
        ] as [(RawInput, String)]
    )
    func `numbers`(raw: RawInput, expected: String) {
        #expect(Self.outcome(.real(0...1), raw) == expected)
    }

    @Test(
        arguments: [
            (.text("true"), "true"), (.text("TRUE"), "true"), (.text("1"), "true"), (.text("yes"), "true"),
            (.text("on"), "true"), (.text("t"), "true"), (.text("y"), "true"), (.text("false"), "false"),
            (.text("0"), "false"),
            (.text("No"), "false"), (.text("off"), "false"), (.text("f"), "false"), (.text("n"), "false"),
            (.text(""), "bool_parsing"), (.text("2"), "bool_parsing"), (.text(" true"), "bool_parsing"),
            (.json(true), "true"),
            (.json("true"), "bool_type"), (.json(1), "bool_type"), (.json(.null), "bool_type"),
        ] as [(RawInput, String)]
    )
    func `flags`(raw: RawInput, expected: String) {
        #expect(Self.outcome(.flag, raw) == expected)
    }

    @Test(
        arguments: [
            (.text("ab"), "ab"), (.json("ab"), "ab"), (.json("a"), "string_too_short"),
            (.json("abcd"), "string_too_long"),
            (.json("e\u{301}e\u{301}"), "string_too_long"), (.json(5), "string_type"), (.json(.null), "string_type"),
            (.json([:]), "string_type"),
        ] as [(RawInput, String)]
    )
    func `texts are measured in scalars`(raw: RawInput, expected: String) {
        #expect(Self.outcome(.text(2...3), raw) == expected)
    }

    @Test(
        arguments: [
            (.json("crypto"), "crypto"), (.json("Crypto"), "enum"), (.json(""), "enum"), (.json(1), "string_type"),
        ] as [(RawInput, String)]
    )
    func `choices`(raw: RawInput, expected: String) {
        #expect(Self.outcome(InputKind<AssetClass>.choice, raw) == expected)
    }

    @Test(
        arguments: [
            (["1d", "5m", "1d"], "5m,1d", nil), ([], "too_short", nil), (["1d", "x"], "enum", 1), ([.null], "enum", 0),
            ("1d", "list_type", nil), (.null, "list_type", nil),
        ] as [(JSONValue, String, Int?)]
    )
    func `lists of timeframes`(value: JSONValue, expected: String, index: Int?) {
        do {
            #expect(try InputKind<[Timeframe]>.timeframes.read(.json(value)).joined == expected)
        } catch {
            #expect(error.type == expected && error.element?.index == index)
        }
    }

    @Test(
        arguments: [
            ("2026-05-30T01:02:03Z", "2026-05-30T01:02:03Z"), ("2026-05-30T01:02:03+02:00", "2026-05-29T23:02:03Z"),
            ("2026-05-30T01:02:03 02:00", "2026-05-29T23:02:03Z"), ("2026-05-30", "2026-05-30T00:00:00Z"),
            ("2026-13-01", "datetime_parsing"), ("now", "datetime_parsing"), ("", "datetime_parsing"),
        ]
    )
    func `times`(text: String, expected: String) {
        #expect(Self.outcome(.time, .text(text)) == expected)
    }

    @Test(arguments: [("2024-02-29", "2024-02-29"), ("2026-02-29", "date_parsing"), ("2026-2-1", "date_parsing")])
    func `days`(text: String, expected: String) {
        #expect(Self.outcome(.day, .text(text)) == expected)
    }

    @Test func `null is nothing where it may be`() {
        #expect(Self.outcome(InputKind<Int64>.id.optional, .json(.null)) == "nil")
        #expect(Self.outcome(InputKind<Int64>.id.optional, .json(0)) == "greater_than_equal")
    }

    @Test func `all faults are told at once, and what is missing`() {
        let inputs = Inputs(path: ["id": "x"], query: [("q", "1"), ("q", "2")], body: ["b": 1])
        #expect(throws: ValidationFailure.self) {
            _ = try inputs.read(
                Input<Int64>.path("id", .id, ""),
                Input.query("missing", InputKind<Bool>.flag, ""),
                Input.body("b", InputKind<Bool>.flag, "")
            )
        }
        do {
            _ = try inputs.read(
                Input<Int64>.path("id", .id, ""),
                Input.query("missing", InputKind<Bool>.flag, ""),
                Input.body("b", InputKind<Bool>.flag, "")
            )
        } catch {
            #expect(error.faults.map(\.fault.type) == ["int_parsing", "missing", "bool_type"])
        }
    }

    @Test func `defaults stand in, and the last of several counts`() throws {
        let inputs = Inputs(path: [:], query: [("q", "1"), ("q", "2")], body: nil)
        let (last, absent, optional) = try inputs.read(
            Input.query("q", InputKind<Int64>.id, ""),
            Input.query("absent", InputKind<Int64>.id, default: 7, ""),
            Input<Int64?>.optionalQuery("other", .id, "")
        )
        #expect(last == 2 && absent == 7 && optional == nil)
    }
}
