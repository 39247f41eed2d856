/** Whether something is there. AWS's provider fails where it is not; any other failure, such as a right that is missing, is none. */
export async function isThere(looked: Promise<unknown>): Promise<boolean> {
    try {
        await looked;
        return true;
    } catch (error) {
        const { message } = error as Error;
        if (/ResourceNotFoundException|NoSuchEntity|not found|couldn't find|no matching|empty result/i.test(message)) {
            return false;
        }
        throw error;
    }
}
