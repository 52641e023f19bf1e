import CatalogModel
import SourceDiagnostics

/// Where the channel says what it runs on.
func brokerPlace(_ channel: Channel) -> [RelatedPlace] {
    guard let broker = channel.broker else { return [] }
    return [RelatedPlace(span: broker.span, label: "runs on \(channel.system?.title ?? broker.value)")]
}
