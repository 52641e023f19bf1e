import CatalogModel
import SourceDiagnostics

/// gRPC from a browser.
struct GRPCFromBrowser: Rule {
    let name = "grpc-from-browser"
    let group = RuleGroup.conventions
    let severity: Severity? = .error
    let summary = "a browser that is said to call gRPC"
    let explanation = """
        A browser cannot speak gRPC: it gives scripts no control over HTTP/2 frames and trailers. It needs
        gRPC-Web, which a proxy or the server translates, or a gateway with REST or GraphQL.
        """
    let bad = [
        """
        services:
          web-shop: { kind: browser, calls: [{ service: order, protocol: ⟦grpc⟧ }] }
          order: {}
        """
    ]
    let good = [
        """
        services:
          web-shop: { kind: browser, calls: [{ service: order, protocol: grpc-web }] }
          order: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        context.catalog.services.filter { $0.kind == .browser }.flatMap { service in
            service.calls.compactMap { call in
                guard let used = call.protocol, used.value == "grpc" else { return nil }
                return finding(
                    "browser '\(service.name)' calls '\(call.service.value)' over gRPC, which browsers cannot speak",
                    at: used.span, label: "not from a browser",
                    help:
                        "use grpc-web (a proxy translates; no streaming from the browser), or call a gateway (one more "
                        + "hop to run)")
            }
        }
    }
}
