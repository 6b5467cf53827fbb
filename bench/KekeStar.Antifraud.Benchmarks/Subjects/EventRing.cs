using KekeStar.Antifraud.Identity;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Load.Traffic;

namespace KekeStar.Antifraud.Benchmarks.Subjects;

/// <summary>Events as intake and identity leave them (twelve window logs), handed out again and again, each time as a new event of now.</summary>
internal sealed class EventRing
{
    // As many as there may be in flight, and far more.
    private readonly ScoreEvent[] _events = new ScoreEvent[RequestRing.Count];
    private ulong _number;

    public EventRing(HotPath hotPath)
    {
        var requests = new RequestRing();
        for (var i = 0; i < _events.Length; i++)
        {
            _events[i] = new ScoreEvent();
            hotPath.Parser.Parse(requests.Next(), _events[i]);
            if (_events[i].Error != RequestError.None)
            {
                throw new InvalidOperationException($"The request was refused: {_events[i].Error}.");
            }

            DeviceResolver.Resolve(_events[i]);
        }
    }

    public ScoreEvent Next()
    {
        var scoreEvent = _events[_number & (RequestRing.Count - 1)];
        scoreEvent.Event = new Pseudonym(SplitMix64.Mix(_number), _number);

        // No token names the device: where its identifiers were seen is asked anew for every event.
        scoreEvent.IsDeviceSettled = false;
        scoreEvent.TimeMilliseconds = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        _number++;
        return scoreEvent;
    }
}
