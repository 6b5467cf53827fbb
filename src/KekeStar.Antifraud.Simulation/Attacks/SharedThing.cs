using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Simulation.Motion;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Attacks;

/// <summary>
/// Makes strangers who have one thing in common and nothing else: other accounts, phones, software, networks and motion.
/// </summary>
internal sealed class SharedThing
{
    private readonly World _world;
    private readonly SharedSignal _signal;
    private readonly Handset _handset;
    private readonly AccessNetwork _network;
    private readonly PhoneModel _old = PhoneModels.All.First(model => model.TellsHardware);

    /// <summary>Chooses the thing.</summary>
    internal SharedThing(World world, SharedSignal signal)
    {
        _world = world;
        _signal = signal;
        _network = Alone();
        _handset = world.Handsets.Lived(signal == SharedSignal.Sim ? _old : PhoneModels.Popular);
        // One that moves enough to be known again.
        Motion = new MotionReading(PersonTraces.MakeLively(world.Random.Next(), 1).First().ToAccelerometer());
    }

    /// <summary>The recording that is sent where it is the thing in common.</summary>
    private MotionReading Motion { get; }

    /// <summary>Somebody with the thing, and what the phone's accelerometer says.</summary>
    internal (Person Person, AccessNetwork Network, MotionReading Motion) Next()
    {
        var network = Alone();
        if (_signal is SharedSignal.Network or SharedSignal.AccessPoint)
        {
            network = _signal == SharedSignal.Network ? network with { Addresses = _network.Addresses } : network with { AccessPoint = _network.AccessPoint };
        }

        var person = _world.Resident(home: network, handset: Handset(), granted: Consents.All);
        return (person, network, _signal == SharedSignal.Recording ? Motion : MotionTraces.Held(_world.Random));
    }

    private Handset Handset()
    {
        switch (_signal)
        {
            case SharedSignal.Device:
                return _handset;
            case SharedSignal.Sim:
                var phone = _world.Handsets.Lived(_old);
                phone.Signals.Sims.Clear();
                phone.Signals.Sims.Add(_handset.Signals.Sims);
                return phone;
            case SharedSignal.Cohort:
                var own = _world.Handsets.Shelf.Lived(PhoneModels.Popular, _world.Random);
                return _world.Handsets.Make(PhoneModels.Popular, own, "8.2.0", PhoneModels.Popular.Builds[0]);
            case SharedSignal.Similarity:
                // Like software is looked for among phones of one model, build and app version: they are in common as well.
                return _world.Handsets.Make(PhoneModels.Popular, _handset.Signals.Software, "8.2.0", PhoneModels.Popular.Builds[0]);
            default:
                return _world.Handsets.Lived();
        }
    }

    private AccessNetwork Alone() => new(_world.Addresses.AccessPoint(), AddressBook.In(_world.Addresses.Block(), 1));
}
