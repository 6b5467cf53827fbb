using Grpc.Core;

namespace KekeStar.Antifraud.Load.Targets;

/// <summary>
/// The yardstick: a unary gRPC method that gives its bytes back. It does nothing but what Kestrel and
/// Grpc.AspNetCore do for every call.
/// </summary>
[BindServiceMethod(typeof(EchoService), nameof(BindService))]
internal class EchoService
{
    /// <summary>Name of the service.</summary>
    public const string Name = "kekestar.antifraud.bench.Echo";

    /// <summary>Name of the method.</summary>
    public const string MethodName = "Echo";

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(
        static (byte[] message, SerializationContext context) => context.Complete(message),
        static context => context.PayloadAsNewBuffer());

    private static readonly Method<byte[], byte[]> EchoMethod = new(MethodType.Unary, Name, MethodName, Bytes, Bytes);

    /// <summary>Called by Grpc.AspNetCore to learn the service's methods.</summary>
    public static void BindService(ServiceBinderBase binder, EchoService? service)
        => binder.AddMethod(EchoMethod, service is null ? null : new UnaryServerMethod<byte[], byte[]>(service.Echo));

    /// <summary>Gives the request back.</summary>
    public virtual Task<byte[]> Echo(byte[] request, ServerCallContext context) => Task.FromResult(request);
}
