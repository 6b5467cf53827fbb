using Grpc.Core;
using Grpc.Core.Interceptors;

namespace KekeStar.Antifraud.Service.Scoring;

/// <summary>Marks a request whose message could be read, so that <see cref="JsonRefusals"/> leaves its answer alone.</summary>
internal sealed class JsonReached : Interceptor
{
    /// <summary>Key of the mark among the items of the HTTP request.</summary>
    public static readonly object Mark = new();

    /// <inheritdoc />
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        context.GetHttpContext().Items[Mark] = Mark;
        return continuation(request, context);
    }
}
