package helix.core.gate;

/** Lets everybody wait. */
public final class EverybodyWaits implements WaitRule {
    @Override
    public String refusesWait() {
        return null;
    }

    @Override
    public String refusesHold() {
        return null;
    }

    @Override
    public String emptyMessage() {
        return "nothing serves";
    }
}
