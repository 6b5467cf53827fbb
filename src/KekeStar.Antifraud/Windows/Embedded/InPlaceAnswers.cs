using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>
/// Takes what an observation asks for while Garnet holds the record, right into the observation. Garnet gives a command's answer
/// memory of its own, copies it into the replies and leaves a third copy to whoever reads them: 110 KB each time for an event with
/// a dozen full logs (docs/decisions/0024).
/// </summary>
/// <remarks>
/// Garnet carries commands out on the thread that brings them, so a field of that thread tells a command who asks. Which entry it
/// is follows from where the command's argument lies in the request. Whatever does not fit, such as a command that Garnet carries
/// out later from a copy, is answered the long way; recovery has nobody that asks.
/// </remarks>
internal sealed unsafe class InPlaceAnswers
{
    [ThreadStatic]
    private static InPlaceAnswers? _ofThread;

    private readonly int[] _arguments = new int[Observation.MaxEntries];
    private Observation? _observation;
    private byte* _request;
    private int _count;
    private int _next;

    /// <summary>Begins with the first entry of an observation.</summary>
    public void Begin(Observation observation)
    {
        _observation = observation;
        _count = 0;
        _next = 0;
    }

    /// <summary>Notes where the next entry's argument begins in the request.</summary>
    public void Expect(int argument) => _arguments[_count++] = argument;

    /// <summary>From here on commands of this thread answer into the observation.</summary>
    /// <param name="request">Where the request begins.</param>
    public void Open(byte* request)
    {
        _request = request;
        _ofThread = this;
    }

    /// <summary>Commands of this thread answer the long way again.</summary>
    public void Close()
    {
        _ofThread = null;
        _observation = null;
    }

    /// <summary>Called by a command: hands over an answer.</summary>
    /// <param name="argument">The command's argument, where Garnet has it.</param>
    /// <param name="logLength">Length of the log; 0 where it was only read.</param>
    /// <param name="range">The part that was asked for.</param>
    /// <returns>False if the answer has to go the long way.</returns>
    public static bool TryTake(ReadOnlySpan<byte> argument, long logLength, ReadOnlySpan<byte> range) =>
        _ofThread is { } asking && asking.TryTakeOne(argument, logLength, range);

    // Commands come in order, and the same one again where Garnet tries it anew.
    private bool TryTakeOne(ReadOnlySpan<byte> argument, long logLength, ReadOnlySpan<byte> range)
    {
        var place = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(argument)) - _request;
        while (_next < _count && _arguments[_next] < place)
        {
            _next++;
        }

        if (_next == _count || _arguments[_next] != place)
        {
            return false;
        }

        _observation!.SetAnswer(_next, logLength, range);
        return true;
    }
}
