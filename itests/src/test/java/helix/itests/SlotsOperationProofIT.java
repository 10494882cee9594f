package helix.itests;

import static helix.itests.Eventually.eventually;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import helix.api.hal.TickHandler;
import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.module.ModuleCategory;
import helix.api.slot.SlotName;
import helix.api.slot.SlotStatus;
import helix.api.slot.SlotUnavailableException;
import helix.api.slot.SlotView;
import helix.api.slot.StateOutcome;
import helix.api.slot.SwapOutcome;
import helix.api.slot.SwapReport;
import helix.api.slot.SwapRequest;
import helix.api.thread.Cpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/** Slots as operators and typed callers meet them. */
public class SlotsOperationProofIT extends OnSlotOfItsOwn {

    @Test
    public void shouldMakeASlotOnceAndNumberItAfterTheOthers() {
        SlotName name = new SlotName("made");
        long highest = slots.list().stream()
                .mapToLong(view -> view.id().number())
                .max()
                .orElseThrow();

        SlotView made = hotSwap.createSlot(name, ModuleCategory.NETWORK);

        assertTrue(made.id().number() > highest);
        assertEquals(ModuleCategory.NETWORK, made.category());
        assertEquals(SlotStatus.EMPTY, made.status());
        KernelException again =
                assertThrows(KernelException.class, () -> hotSwap.createSlot(name, ModuleCategory.NETWORK));
        assertEquals(ErrorCode.ALREADY_EXISTS, again.code());
        assertEquals("there is a slot 'made' already", again.getMessage());
        assertEquals(made, view(name));
    }

    @Test
    public void shouldRefuseEverythingWhileSwappingIsSwitchedOff() throws Exception {
        SlotName slot = new SlotName("switch");
        TickHandler facade = serve(slot, "old");
        offer(slot, "new");
        hotSwap.setEnabled(false);

        assertRefused(ErrorCode.PERMISSION_DENIED, SwapRequest.swap(slot, "new", "test"));
        assertRefused(ErrorCode.PERMISSION_DENIED, SwapRequest.unload(slot, "test"));
        assertRefused(ErrorCode.PERMISSION_DENIED, SwapRequest.swap(new SlotName("nosuch"), "new", "test"));
        assertFalse(hotSwap.isEnabled());
        facade.tick(1);
        hotSwap.setEnabled(true);

        assertTrue(swap(slot, "new").isSwapped());
        assertEquals(1, sum(slot));
    }

    @Test
    public void shouldTellTheSecondOfTwoOperatorsWhoTheFirstIs() throws Exception {
        SlotName slot = new SlotName("contested");
        serve(slot, "old");
        CountDownLatch inInit = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        offer(slot, "slow", step -> {
            if (step.endsWith(".init")) {
                inInit.countDown();
                awaitQuietly(goOn);
            }
        });
        CompletionStage<SwapReport> first = hotSwap.begin(SwapRequest.swap(slot, "slow", "alice"));
        assertTrue(inInit.await(PATIENCE_S, TimeUnit.SECONDS));

        KernelException second = assertRefused(ErrorCode.BUSY, SwapRequest.unload(slot, "bob"));

        assertTrue(second.getMessage(), second.getMessage().contains("SWAP of alice since "));
        assertTrue(view(slot).busyWith().orElseThrow().contains("alice"));
        goOn.countDown();
        assertTrue(first.toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS).isSwapped());
        assertEquals(Optional.empty(), view(slot).busyWith());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(PATIENCE_S, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an operator sees from within each operation. */
    @Test
    public void shouldGoThroughLegalStatesOnly() throws Exception {
        SlotName slot = new SlotName("states");
        hotSwap.createSlot(slot, ModuleCategory.CUSTOM);
        List<SlotStatus> seen = new CopyOnWriteArrayList<>(List.of(view(slot).status()));
        offer(slot, "old", step -> seen.add(view(slot).status()));
        facade(slot);
        seen.add(view(slot).status());
        offer(slot, "new", step -> seen.add(view(slot).status()));
        offer(slot, "bad", step -> {
            if (step.endsWith(".init")) {
                throw new IllegalStateException("no good");
            }
        });

        swap(slot, "new");
        seen.add(view(slot).status());
        finish(SwapRequest.unload(slot, "test"));
        seen.add(view(slot).status());
        finish(SwapRequest.load(slot, "bad", "test"));
        seen.add(view(slot).status());
        finish(SwapRequest.load(slot, "new", "test"));
        seen.add(view(slot).status());

        assertEquals(
                List.of(
                        SlotStatus.EMPTY,
                        SlotStatus.LOADING,
                        SlotStatus.ACTIVE,
                        SlotStatus.SWAPPING,
                        SlotStatus.ACTIVE,
                        SlotStatus.UNLOADING,
                        SlotStatus.EMPTY,
                        SlotStatus.FAILED,
                        SlotStatus.LOADING,
                        SlotStatus.ACTIVE),
                changes(seen));
    }

    /** Drops what is as before. */
    private static List<SlotStatus> changes(List<SlotStatus> seen) {
        List<SlotStatus> changes = new ArrayList<>();
        for (SlotStatus status : seen) {
            if (changes.isEmpty() || changes.get(changes.size() - 1) != status) {
                changes.add(status);
            }
        }
        return changes;
    }

    @Test
    public void shouldStampReportsWithTheTickAsItGoesOn() throws Exception {
        SlotName slot = new SlotName("ticks");
        serve(slot, "old");
        offer(slot, "new");
        SwapReport first = swap(slot, "new");
        eventually("a tick", () -> hotSwap.currentTick() > first.tick());

        SwapReport second = swap(slot, "old");

        assertTrue(first.tick() > 0);
        assertTrue(second.tick() > first.tick());
        assertTrue(second.number() > first.number());
        assertTrue(view(slot).lastTick() <= second.tick() && view(slot).lastTick() > first.tick());
        List<SwapReport> history = hotSwap.history();
        assertEquals(second, history.get(history.size() - 1));
        assertEquals(first, history.get(history.size() - 2));
    }

    @Test
    public void shouldGiveTypedAccessToTheOccupant() throws Exception {
        SlotName slot = new SlotName("typed");
        serve(slot, "old").tick(7);

        assertEquals(7, sum(slot));
        assertEquals(
                Optional.of(7L), slots.tryCall(slot, TickHandler.class, occupant -> ((TracedModule) occupant).sum()));
        KernelException mismatch = assertThrows(KernelException.class, () -> slots.call(slot, Cpus.class, Cpus::list));
        assertEquals(ErrorCode.CONTRACT_MISMATCH, mismatch.code());
        assertTrue(mismatch.getMessage(), mismatch.getMessage().contains(TickHandler.class.getName()));
        assertEquals(
                ErrorCode.NOT_FOUND,
                assertThrows(
                                KernelException.class,
                                () -> slots.call(new SlotName("nosuch"), TickHandler.class, Object::hashCode))
                        .code());
    }

    @Test
    public void shouldSayEmptyToTypedAccessWhenNobodyServes() throws Exception {
        SlotName slot = new SlotName("vacant");
        serve(slot, "old");
        finish(SwapRequest.unload(slot, "test"));

        assertEquals(Optional.empty(), slots.tryCall(slot, TickHandler.class, Object::hashCode));
        assertEquals(
                ErrorCode.SLOT_EMPTY,
                assertThrows(
                                SlotUnavailableException.class,
                                () -> slots.call(slot, TickHandler.class, Object::hashCode))
                        .code());
    }

    @Test
    public void shouldReplaceWhatFailedWithoutState() throws Exception {
        SlotName slot = new SlotName("replaced");
        TickHandler facade = serve(slot, "old");
        facade.tick(7);
        offer(slot, "bad", step -> {
            if (step.endsWith(".init")) {
                throw new IllegalStateException("no good");
            }
        });
        assertEquals(
                SwapOutcome.FAILED,
                finish(SwapRequest.replace(slot, "bad", "test")).outcome());
        assertEquals(SlotStatus.FAILED, view(slot).status());
        assertRefused(ErrorCode.SLOT_EMPTY, SwapRequest.swap(slot, "old", "test"));

        SwapReport report = finish(SwapRequest.replace(slot, "old", "test"));

        assertTrue(report.isSwapped());
        assertEquals(StateOutcome.NONE, report.state());
        assertServes(slot, "old");
        facade.tick(1);
        assertEquals(1, sum(slot));
    }
}
