package dev.golive.launch;

import dev.golive.Answer;
import dev.golive.Assurance;
import dev.golive.GoLiveException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder beside a journal through which other processes speak to the owner of a launch: a file for each command, put
 * there whole by renaming it, and the board for everybody to read.
 */
final class Inbox {

    /** How often the owner looks. */
    static final Duration EVERY = Duration.ofSeconds(2);

    private static final String COMMAND = ".command";
    private static final String BOARD = "board.txt";
    private static final int LONGEST = 1_000_000;

    private final Path folder;
    private List<String> shown = List.of();

    private Inbox(Path folder) {
        this.folder = folder;
    }

    static Inbox of(Path journal) {
        return new Inbox(journal.resolveSibling(journal.getFileName() + ".inbox"));
    }

    // ---- for those who speak

    void put(Command command) {
        try {
            Files.createDirectories(folder);
            Path whole = folder.resolve(command.id() + COMMAND);
            Path part = folder.resolve(command.id() + ".part");
            Files.writeString(part, EventJson.write(command), StandardCharsets.UTF_8);
            move(part, whole);
        } catch (IOException e) {
            throw new GoLiveException("the command could not be put into " + folder + ": " + e.getMessage(), e);
        }
    }

    List<String> board() {
        try {
            return Files.readAllLines(folder.resolve(BOARD), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return List.of("nobody carries this launch on; its last board is not there");
        } catch (IOException e) {
            throw new GoLiveException("the board could not be read: " + e.getMessage(), e);
        }
    }

    // ---- for the owner

    /** What was put there, the oldest name first. What cannot be read is put aside and logged. */
    List<Command> take() {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(file -> file.getFileName().toString().endsWith(COMMAND))
                    .sorted()
                    .forEach(files::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            log("The folder " + folder + " could not be read", e);
            return List.of();
        }
        List<Command> commands = new ArrayList<>();
        for (Path file : files) {
            try {
                if (Files.size(file) > LONGEST) {
                    throw new GoLiveException("it is longer than " + LONGEST + " bytes");
                }
                Command command =
                        EventJson.read(Files.readString(file, StandardCharsets.UTF_8), Command.class, "the command");
                if (!(command.id() + COMMAND).equals(file.getFileName().toString())) {
                    throw new GoLiveException("its name is not its id");
                }
                commands.add(asserted(command));
            } catch (IOException | GoLiveException e) {
                log("The command " + file.getFileName() + " was put aside", e);
                aside(file);
            }
        }
        return commands;
    }

    /** Whoever can write a file can write any name: a person is believed to be asserted, and no more. */
    private static Command asserted(Command command) {
        Answer answer = command.answer();
        Answer plain = answer == null
                ? null
                : new Answer(
                        answer.itemId(),
                        answer.kind(),
                        answer.by().known(Assurance.ASSERTED),
                        answer.at(),
                        answer.digest(),
                        answer.comment());
        return new Command(
                command.id(),
                command.kind(),
                command.by().known(Assurance.ASSERTED),
                command.reason(),
                command.details(),
                plain);
    }

    void done(Command command) {
        try {
            Files.deleteIfExists(folder.resolve(command.id() + COMMAND));
        } catch (IOException e) {
            // it is carried out once all the same: the journal knows its id
            log("The command " + command.id() + " could not be removed", e);
        }
    }

    void show(List<String> board) {
        if (board.equals(shown)) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path part = folder.resolve(BOARD + ".part");
            Files.write(part, board, StandardCharsets.UTF_8);
            move(part, folder.resolve(BOARD));
            shown = board;
        } catch (IOException e) {
            log("The board could not be written", e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void aside(Path file) {
        try {
            Files.move(
                    file, file.resolveSibling(file.getFileName() + ".unreadable"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log("The command " + file.getFileName() + " could not be put aside", e);
        }
    }

    private static void log(String what, Exception why) {
        System.getLogger(Launch.class.getName()).log(System.Logger.Level.WARNING, what + ": " + why.getMessage());
    }
}
