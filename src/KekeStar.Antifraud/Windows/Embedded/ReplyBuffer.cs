using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Garnet.networking;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>
/// Where a session writes its replies: pinned memory, its own or the asker's, that grows while a batch is answered, so that all
/// replies of the batch stand in one piece. Not thread safe, as the session is not.
/// </summary>
internal sealed unsafe class ReplyBuffer : INetworkSender
{
    /// <summary>Garnet fails a reply item that does not fit into an empty buffer; this is ample for any header.</summary>
    private const int LeastFree = 64 * 1024;

    private const int FirstCapacity = 256 * 1024;

    private byte[] _own = [];
    private byte[] _memory = [];
    private byte* _start;
    private int _used;
    private bool _isOwn = true;

    /// <summary>True if the session gave up; it cannot be used again.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>What was answered since <see cref="Begin"/>.</summary>
    public ReadOnlySpan<byte> Replies => new(_start, _used);

    public MaxSizeSettings GetMaxSizeSettings { get; } = new();

    public string RemoteEndpointName => "embedded";

    public string LocalEndpointName => "embedded";

    /// <summary>The memory that the last batch was answered into: what was given for it, or larger memory in its stead.</summary>
    public byte[] Memory => _memory;

    /// <summary>Makes room for the next batch.</summary>
    /// <param name="room">Pinned memory to answer into; null: the buffer's own.</param>
    public void Begin(byte[]? room)
    {
        _used = 0;
        _isOwn = room is null;
        Use(room ?? _own);
    }

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
        if (_memory.Length - _used < LeastFree)
        {
            var larger = GC.AllocateUninitializedArray<byte>(checked(Math.Max(FirstCapacity, _memory.Length * 2)), pinned: true);
            Replies.CopyTo(larger);
            Use(larger);
            _own = _isOwn ? larger : _own;
        }
    }

    public void ReturnResponseObject()
    {
        // The buffer stays.
    }

    public byte* GetResponseObjectHead() => _start + _used;

    public byte* GetResponseObjectTail() => _start + _memory.Length;

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

    /// <summary>Garnet calls this when a session fails.</summary>
    public void Dispose() => IsBroken = true;

    private void Use(byte[] memory)
    {
        _memory = memory;
        _start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(memory));
    }
}
