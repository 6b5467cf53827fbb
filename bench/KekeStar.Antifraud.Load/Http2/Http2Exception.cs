namespace KekeStar.Antifraud.Load.Http2;

/// <summary>The server broke the protocol, or asks for what this client does not do. The connection is given up.</summary>
/// <param name="message">What was seen.</param>
internal sealed class Http2Exception(string message) : Exception(message);
