using System.Runtime.InteropServices;
using Garnet.networking;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>
/// Where a session writes its replies: native memory that grows while a batch is answered, so that all replies of
/// the batch stand in one piece. Not thread safe, as the session is not.
/// </summary>
internal sealed unsafe class ReplyBuffer : INetworkSender
{
    /// <summary>Garnet fails a reply item that does not fit into an empty buffer; this is ample for any header.</summary>
    private const int LeastFree = 64 * 1024;

    private const int FirstCapacity = 256 * 1024;

    private byte* _start = (byte*)NativeMemory.Alloc(FirstCapacity);
    private int _capacity = FirstCapacity;
    private int _used;

    /// <summary>True if the session gave up; it cannot be used again.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>What was answered since <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Replies => new(_start, _used);

    public MaxSizeSettings GetMaxSizeSettings { get; } = new();

    public string RemoteEndpointName => "embedded";

    public string LocalEndpointName => "embedded";

    /// <summary>Makes room for the next batch.</summary>
    public void Clear() => _used = 0;

    public bool IsLocalConnection() => true;

    public void Enter()
    {
        // One thread at a time by contract.
    }

    public void EnterAndGetResponseObject(out byte* head, out byte* tail)
    {
        GetResponseObject();
        head = GetResponseObjectHead();
        tail = GetResponseObjectTail();
    }

    public void Exit()
    {
        // One thread at a time by contract.
    }

    public void ExitAndReturnResponseObject()
    {
        // The buffer stays.
    }

    public void GetResponseObject()
    {
        if (_capacity - _used < LeastFree)
        {
            _capacity = checked(_capacity * 2);
            _start = (byte*)NativeMemory.Realloc(_start, (nuint)_capacity);
        }
    }

    public void ReturnResponseObject()
    {
        // The buffer stays.
    }

    public byte* GetResponseObjectHead() => _start + _used;

    public byte* GetResponseObjectTail() => _start + _capacity;

    public bool SendResponse(int offset, int size)
    {
        _used += offset + size;
        return true;
    }

    public void SendResponse(byte[] buffer, int offset, int count, object context) => throw new NotSupportedException();

    public void SendCallback(object context)
    {
        // Sends end at once.
    }

    public void DisposeNetworkSender(bool waitForSendCompletion) => IsBroken = true;

    public void Throttle()
    {
        // Sends end at once.
    }

    public bool TryClose()
    {
        IsBroken = true;
        return true;
    }

    /// <summary>Garnet calls this when a session fails; the memory is freed by <see cref="Free"/> alone.</summary>
    public void Dispose() => IsBroken = true;

    /// <summary>Gives the memory back.</summary>
    public void Free()
    {
        NativeMemory.Free(_start);
        _start = null;
        _capacity = 0;
        _used = 0;
    }
}
