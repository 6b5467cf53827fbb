using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>Events of devices and accounts that no other test uses.</summary>
internal static class Requests
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(static bytes => bytes, static bytes => bytes);
    private static int _next;

    public static string NewAccount() => string.Create(CultureInfo.InvariantCulture, $"account-{Interlocked.Increment(ref _next)}");

    /// <summary>An Android id of a new device.</summary>
    public static string NewDevice() => string.Create(CultureInfo.InvariantCulture, $"5eed{Interlocked.Increment(ref _next):x12}");

    public static ScoreRequest Event(string device, string account, Scene scene = Scene.Login) => new()
    {
        EventId = Guid.NewGuid().ToString(),
        Scene = scene,
        AccountId = account,
        ClientIp = "203.0.113.7",
        Consent = new Consent { Granted = { ConsentCategory.DeviceIdentifiers } },
        Device = new DeviceSignals { AndroidId = device, Platform = Platform.Android, Model = "PJZ110" },
        ReasonLanguage = ReasonLanguage.English,
    };

    /// <summary>An event whose message is larger than any event may be.</summary>
    public static ScoreRequest Oversized()
    {
        var request = Event(NewDevice(), NewAccount());
        request.Device.Software.AddRange(Enumerable.Repeat(new string('a', 100), 700));
        return request;
    }

    /// <summary>A method of the service Antifraud whose messages are bytes as they go over the wire.</summary>
    public static Method<byte[], byte[]> Raw(string method, MethodType type = MethodType.Unary) =>
        new(type, V1.Antifraud.Descriptor.FullName, method, Bytes, Bytes);

    /// <summary>Sends bytes to a unary method and gives back the bytes of the reply.</summary>
    public static async Task<byte[]> SendAsync(this ChannelBase channel, string method, byte[] message) =>
        await channel.CreateCallInvoker().AsyncUnaryCall(Raw(method), null, default, message);

    /// <summary>The status that a call ends with.</summary>
    public static async Task<Status> StatusOfAsync(Func<Task> call)
    {
        try
        {
            await call();
            return Status.DefaultSuccess;
        }
        catch (RpcException refused)
        {
            return refused.Status;
        }
    }

    /// <summary>The proto3 JSON of a message.</summary>
    public static StringContent Json(IMessage message) =>
        new(JsonFormatter.Default.Format(message), System.Text.Encoding.UTF8, "application/json");
}
