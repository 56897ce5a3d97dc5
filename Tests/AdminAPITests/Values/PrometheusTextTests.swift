import Testing

@testable import AdminAPI

@Suite struct PrometheusTextTests {
    @Test(
        arguments: [
            ("plain", "plain"), ("a\"b", "a\\\"b"), ("a\\b", "a\\\\b"), ("a\nb", "a\\nb"), ("\\\"\n", "\\\\\\\"\\n"),
            ("ä{}", "ä{}"), ("", ""),
        ]
    )
    func `labels are escaped`(value: String, expected: String) {
        var text = PrometheusText()
        text.sample("x", 1, [("l", value)])
        #expect(text.text == "x{l=\"\(expected)\"} 1\n")
    }

    @Test func `families and samples`() {
        var text = PrometheusText()
        text.family("x_total", "counter", "What it is.")
        text.sample("x_total", 1)
        text.sample("x_total", 2.5, [("a", "1"), ("b", "2")])
        #expect(
            text.text == "# HELP x_total What it is.\n# TYPE x_total counter\nx_total 1\nx_total{a=\"1\",b=\"2\"} 2.5\n"
        )
    }

    @Test func `a histogram adds up`() {
        var text = PrometheusText()
        text.histogram("h", [("r", "/")], [0.5, 1], [3, 0, 2], sum: 9.5)
        #expect(
            text.text == """
                h_bucket{r="/",le="0.5"} 3
                h_bucket{r="/",le="1.0"} 3
                h_bucket{r="/",le="+Inf"} 5
                h_sum{r="/"} 9.5
                h_count{r="/"} 5

                """
        )
    }
}
